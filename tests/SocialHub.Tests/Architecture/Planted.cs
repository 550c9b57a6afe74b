#pragma warning disable IDE0130, MA0047, MA0048, CA1812, CA1852, CA2211, MA0069
// What must not be, so that the tests of the architecture can be seen to find it.
namespace SocialHub.Comments
{
    internal sealed class PlantedWord;
}

namespace SocialHub.Moderation
{
    internal sealed class PlantedCaller
    {
        public object Body() => new Comments.PlantedWord();
    }

    internal sealed class PlantedLister
    {
        public IReadOnlyList<Comments.PlantedWord[]> Words { get; } = [];
    }
}

namespace SocialHub.Publishing
{
    internal sealed class PlantedThief
    {
        public object Body(Storage.HubStorage storage) => storage.Comments;
    }

    internal sealed class PlantedBurglar
    {
        public object Tables(Storage.HubStorage storage) => storage.Tables.GetTableClient("Comments");

        public async Task BlobsAsync(Storage.HubStorage storage) => await storage.Blobs.DeleteBlobContainerAsync("media");

        public Func<object> Queues(Storage.HubStorage storage) => () => storage.QueueService;
    }
}

namespace SocialHub.Common
{
    internal sealed class PlantedRoom;
}

namespace SocialHub.Tests.Architecture
{
    internal static class PlantedMemory
    {
        public static int Last = 1;

        public static readonly Dictionary<string, int> Known = [];
    }
}
