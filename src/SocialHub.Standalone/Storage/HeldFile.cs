namespace SocialHub.Standalone.Storage;

/// <summary>A file that one process holds at a time; the operating system lets go of it when the process dies, however it dies.</summary>
internal static class HeldFile
{
    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION as an HRESULT; EWOULDBLOCK as .NET hands it on, on Linux and on macOS.
    private static readonly int[] Taken = OperatingSystem.IsWindows() ? [unchecked((int)0x80070020), unchecked((int)0x80070021)] : OperatingSystem.IsMacOS() ? [35] : [11];

    /// <summary>Takes the file at <paramref name="path"/> until what is returned is disposed; null while somebody else has it.</summary>
    /// <exception cref="IOException">It cannot be made: the disk is full or read-only, or the like.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (Taken.Contains(e.HResult))
        {
            return null;
        }
    }
}
