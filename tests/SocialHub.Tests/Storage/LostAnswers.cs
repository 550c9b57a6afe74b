using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace SocialHub.Tests.Storage;

/// <summary>Lets a request through, does something behind its back, and loses its answer: the SDK then repeats the request by itself.</summary>
internal sealed class LostAnswers(Func<Task> meanwhile) : HttpPipelinePolicy
{
    private int _left;

    /// <summary>How many answers to requests that write are lost from now on.</summary>
    public void Lose(int answers) => _left = answers;

    public static TableClient Table(string connection, string name, LostAnswers policy) => Tables(connection, policy).GetTableClient(name);

    public static TableServiceClient Tables(string connection, LostAnswers policy)
    {
        var options = new TableClientOptions { Retry = { Delay = TimeSpan.FromMilliseconds(10), MaxDelay = TimeSpan.FromMilliseconds(10), Mode = RetryMode.Fixed } };
        options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        return new TableServiceClient(connection, options);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (message.Request.Method != RequestMethod.Get && _left > 0)
        {
            _left--;
            await meanwhile();
            throw new IOException("The answer was lost.");
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("The hub waits asynchronously.");
}
