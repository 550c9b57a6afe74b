namespace SocialHub.Media;

/// <summary>A picture that a person brought, as a publication may name it.</summary>
/// <param name="Hash">Its content address.</param>
/// <param name="Alt">What it shows, as the uploader says it; kept with whatever refers to the picture, not with the picture.</param>
/// <param name="ContentType">By its own bytes.</param>
/// <param name="KeptUntil">It stays at least so long without a publication that names it.</param>
public sealed record UploadedMedia(string Hash, string Alt, string ContentType, DateTimeOffset KeptUntil)
{
    /// <summary>Pixels, where the picture's header says it.</summary>
    public int? Width { get; init; }

    /// <summary>Pixels, where the picture's header says it.</summary>
    public int? Height { get; init; }
}
