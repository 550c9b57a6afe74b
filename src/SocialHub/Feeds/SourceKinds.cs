using SocialHub.Configuration;

namespace SocialHub.Feeds;

/// <summary>What hub.json says of a source, in the words of this room.</summary>
internal static class SourceKinds
{
    public static AccountConfiguration? AccountOf(HubConfiguration hub, SourceConfiguration source) =>
        source.Account is { } account ? hub.Accounts.GetValueOrDefault(account) : null;

    /// <summary><c>web</c>, or the network of its account.</summary>
    public static string NetworkOf(HubConfiguration hub, SourceConfiguration source) => AccountOf(hub, source)?.Network ?? "web";

    /// <summary>What is read: when it changes, the posts at hand are another one's.</summary>
    public static string IdentityOf(HubConfiguration hub, SourceConfiguration source) =>
        AccountOf(hub, source) is { } account ? $"{account.Network} {account.Server} {account.Name}" : $"web {source.Address}";
}
