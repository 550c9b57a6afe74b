namespace SocialHub.Standalone.Triggers;

/// <summary>Marks the <c>string</c> of a function that queue messages call, as <c>Microsoft.Azure.Functions.Worker.QueueTriggerAttribute</c> does on Azure.</summary>
/// <param name="queueName">Name of the queue; <c>%Name%</c> is replaced by that setting.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : Attribute
{
    public string QueueName { get; } = queueName;

    /// <summary>Only the default connection (<c>AzureWebJobsStorage</c>, null) is run here.</summary>
    public string? Connection { get; set; }
}
