using System.Security.Cryptography;
using System.Text;

namespace SocialHub.Access;

/// <summary>
/// Keys of scripts, stored as <c>name:role:sha256-hex-of-key</c>, separated by <c>;</c>. A key is random (at least 32 characters,
/// as <c>openssl rand -hex 32</c> makes it), so a plain hash is enough: there is nothing to guess.
/// </summary>
internal sealed class HubKeys
{
    /// <summary>Longest key that is hashed, characters.</summary>
    public const int Longest = 200;

    private readonly List<(byte[] Hash, Caller Caller)> _keys = [];

    /// <summary>What is wrong with the setting, in words; empty when nothing is.</summary>
    public List<string> Errors { get; } = [];

    public static HubKeys Parse(string setting)
    {
        var keys = new HubKeys();
        foreach (var entry in setting.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            keys.Add(entry);
        return keys;
    }

    /// <summary>Whose key it is, or null. Every stored key is compared in constant time, so the time tells nothing of which one is near.</summary>
    public Caller? Find(string key)
    {
        if (key.Length is 0 or > Longest)
            return null;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        Caller? found = null;
        foreach (var (stored, caller) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(stored, hash))
                found = caller;
        }
        return found;
    }

    /// <summary>The stored hash of the key of that name, or null.</summary>
    public byte[]? HashOf(string name) => _keys.Find(k => k.Caller.Name == name).Hash;

    /// <summary>Who holds the key of that name, or null.</summary>
    public Caller? Named(string name) => _keys.Find(k => k.Caller.Name == name).Caller;

    /// <summary>How many keys have one of these roles.</summary>
    public int Count(params ReadOnlySpan<Role> roles)
    {
        var count = 0;
        foreach (var (_, caller) in _keys)
            count += roles.Contains(caller.Role) ? 1 : 0;
        return count;
    }

    private void Add(string entry)
    {
        var number = _keys.Count + Errors.Count + 1;
        var parts = entry.Split(':', StringSplitOptions.TrimEntries);
        if (parts is not [{ Length: > 0 and <= 60 } name, var roleName, { Length: 64 } hex] || !hex.All(char.IsAsciiHexDigit))
            Errors.Add($"Hub key {number} is not name:role:sha256, with 64 hexadecimal digits.");
        else if (!Roles.TryParse(roleName, out var role))
            Errors.Add($"Hub key {number} has no role of the hub; write contributor, moderator, editor or administrator.");
        else if (Named(name) is not null)
            Errors.Add($"Hub key {number} has the name of another; give each key its own.");
        else
            _keys.Add((Convert.FromHexString(hex), new Caller($"key:{name}", name, role)));
    }
}
