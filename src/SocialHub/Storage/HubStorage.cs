using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace SocialHub.Storage;

/// <summary>
/// The hub's tables, queues and containers. Reached by connection string (<c>AzureWebJobsStorage</c>) or by managed identity
/// (<c>AzureWebJobsStorage__accountName</c>, optional <c>__clientId</c>), as the Functions host reaches its own.
/// </summary>
public sealed class HubStorage
{
    /// <summary>Queue names, all of them.</summary>
    public static IReadOnlyList<string> QueueNames { get; } = [Queues.CommentVerdict, Queues.CommentUpkeep, Queues.ModerationCard, Queues.MailSend, Queues.SourceRefresh, Queues.PublicationSend];

    private readonly Dictionary<string, QueueClient> _queues;

    /// <summary>Clients over the given services; nothing is created before <see cref="CreateAsync"/>.</summary>
    public HubStorage(TableServiceClient tables, QueueServiceClient queues, BlobServiceClient blobs)
    {
        (Tables, QueueService, Blobs) = (tables, queues, blobs);
        Comments = tables.GetTableClient("Comments");
        Publishing = tables.GetTableClient("Publishing");
        Posts = tables.GetTableClient("Posts");
        Feeds = tables.GetTableClient("Feeds");
        Limits = tables.GetTableClient("Limits");
        Settings = tables.GetTableClient("Settings");
        Figures = tables.GetTableClient("Figures");
        Configuration = blobs.GetBlobContainerClient("config");
        Snapshots = blobs.GetBlobContainerClient("snapshots");
        Media = blobs.GetBlobContainerClient("media");
        Erasures = blobs.GetBlobContainerClient("erasures");
        _queues = QueueNames.ToDictionary(name => name, queues.GetQueueClient, StringComparer.Ordinal);
    }

    public TableServiceClient Tables { get; }

    public QueueServiceClient QueueService { get; }

    public BlobServiceClient Blobs { get; }

    public TableClient Comments { get; }

    public TableClient Publishing { get; }

    public TableClient Posts { get; }

    public TableClient Feeds { get; }

    public TableClient Limits { get; }

    public TableClient Settings { get; }

    public TableClient Figures { get; }

    public BlobContainerClient Configuration { get; }

    public BlobContainerClient Snapshots { get; }

    public BlobContainerClient Media { get; }

    public BlobContainerClient Erasures { get; }

    /// <summary>The client of one of <see cref="QueueNames"/>.</summary>
    public QueueClient Queue(string name) => _queues[name];

    /// <summary>Opens the storage that the settings name.</summary>
    /// <exception cref="InvalidDataException">Neither a connection string nor an account name is set, or what is set is no connection string; the message never repeats it.</exception>
    public static HubStorage Open(IConfiguration configuration)
    {
        var connection = configuration["AzureWebJobsStorage"];
        // The Functions queue trigger reads base64; the SDK sends plain text unless told.
        var queueOptions = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
        if (!string.IsNullOrEmpty(connection))
            return Open(connection, queueOptions);
        var account = configuration["AzureWebJobsStorage:accountName"];
        if (string.IsNullOrEmpty(account))
            throw new InvalidDataException("Set AzureWebJobsStorage (a connection string) or AzureWebJobsStorage__accountName (a storage account reached by managed identity).");
        var client = configuration["AzureWebJobsStorage:clientId"];
        TokenCredential credential = string.IsNullOrEmpty(client)
            ? new DefaultAzureCredential()
            : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(client));
        return new HubStorage(
            new TableServiceClient(new Uri($"https://{account}.table.core.windows.net"), credential),
            new QueueServiceClient(new Uri($"https://{account}.queue.core.windows.net"), credential, queueOptions),
            new BlobServiceClient(new Uri($"https://{account}.blob.core.windows.net"), credential));
    }

    private static HubStorage Open(string connection, QueueClientOptions queueOptions)
    {
        try
        {
            return new HubStorage(new TableServiceClient(connection), new QueueServiceClient(connection, queueOptions), new BlobServiceClient(connection));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
#pragma warning disable MA0054 // without the SDK's own exception, whose message repeats pieces of what may be an account's key
            throw new InvalidDataException("AzureWebJobsStorage (or --storage) is no connection string of a storage account; copy it whole, as in \"DefaultEndpointsProtocol=https;AccountName=...;AccountKey=...;EndpointSuffix=core.windows.net\".");
#pragma warning restore MA0054
        }
    }

    /// <summary>Creates what is missing: once at the start, never per operation.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        IEnumerable<Task> tables = new[] { Comments, Publishing, Posts, Feeds, Limits, Settings, Figures }.Select(table => (Task)table.CreateIfNotExistsAsync(cancellationToken));
        IEnumerable<Task> containers = new[] { Configuration, Snapshots, Media, Erasures }.Select(container => (Task)container.CreateIfNotExistsAsync(cancellationToken: cancellationToken));
        IEnumerable<Task> queues = _queues.Values.Select(queue => (Task)queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken));
        await Task.WhenAll([.. tables, .. containers, .. queues]).ConfigureAwait(false);
    }
}
