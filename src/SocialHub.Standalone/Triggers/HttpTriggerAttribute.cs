namespace SocialHub.Standalone.Triggers;

/// <summary>Marks the <c>HttpRequest</c> of a function that requests call, as <c>Microsoft.Azure.Functions.Worker.HttpTriggerAttribute</c> does on Azure.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute : Attribute
{
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) => (AuthLevel, Methods) = (authLevel, methods);

    /// <summary>Only <see cref="AuthorizationLevel.Anonymous"/> is run here: who may do what is decided in <c>Access/</c>.</summary>
    public AuthorizationLevel AuthLevel { get; }

    /// <summary>HTTP methods; case does not matter.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>Route template below <c>routePrefix</c>; null: the function's name.</summary>
    public string? Route { get; set; }
}
