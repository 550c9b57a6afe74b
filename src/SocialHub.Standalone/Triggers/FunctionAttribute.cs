namespace SocialHub.Standalone.Triggers;

/// <summary>Names a method that a trigger calls, as <c>Microsoft.Azure.Functions.Worker.FunctionAttribute</c> does on Azure.</summary>
/// <param name="name">Unique in the application, case-insensitive.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
