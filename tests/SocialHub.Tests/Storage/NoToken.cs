using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace SocialHub.Tests.Storage;

/// <summary>A managed identity that has no token at times.</summary>
/// <param name="isNow">Asked before each request.</param>
internal sealed class NoToken(Func<bool> isNow) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        isNow() ? throw new AuthenticationFailedException("no token now") : ProcessNextAsync(message, pipeline);
}
