using SocialHub.Configuration;

namespace SocialHub.Tests.Configuration;

/// <summary>A hub.json that a test holds in its hand; null: none.</summary>
internal sealed class FixedDocument(string? text) : ConfigurationDocument
{
    public override string Where => "the test";

    public override string Missing => "there is none.";

    public override bool IsWritable => true;

    public override Task<Stored?> ReadAsync(string? known, CancellationToken cancellationToken) => Task.FromResult(text is null ? null : new Stored("1", new BinaryData(text)));

    public override Task<bool> WriteAsync(BinaryData content, string? expected, CancellationToken cancellationToken) => Task.FromResult(true);
}
