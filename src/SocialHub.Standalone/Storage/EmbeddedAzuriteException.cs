namespace SocialHub.Standalone.Storage;

/// <summary>The embedded storage could not be installed or started; the message is for the person at the keyboard.</summary>
public sealed class EmbeddedAzuriteException : Exception
{
    public EmbeddedAzuriteException(string message)
        : base(message)
    {
    }

    public EmbeddedAzuriteException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
