using System.Text.Json;

namespace SocialHub.Access;

/// <summary>
/// The person whom App Service signed in: header <c>X-MS-CLIENT-PRINCIPAL</c>, base64 of <c>{auth_typ, claims: [{typ, val}], name_typ, role_typ}</c>
/// (https://learn.microsoft.com/azure/app-service/configure-authentication-user-identities). Anyone of the tenant can sign in, so an app role is demanded:
/// <c>contributor</c>, <c>moderator</c>, <c>editor</c> or <c>administrator</c>.
/// </summary>
internal static class PlatformPrincipal
{
    private const int Longest = 64 * 1024;

    private static readonly string[] RoleTypes = ["roles", "http://schemas.microsoft.com/ws/2008/06/identity/claims/role"];
    private static readonly string[] IdTypes = ["http://schemas.microsoft.com/identity/claims/objectidentifier", "oid"];
    private static readonly string[] NameTypes = ["name", "preferred_username", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name"];

    /// <summary>The person and their highest role, or null when it is none, names nobody or holds no role of the hub.</summary>
    public static Caller? Read(string header)
    {
        if (header.Length > Longest)
            return null;
        try
        {
            using var document = JsonDocument.Parse(Convert.FromBase64String(header));
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static Caller? Read(JsonElement principal)
    {
        var claims = principal.TryGetProperty("claims", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(c => (Type: Text(c, "typ"), Value: Text(c, "val"))).ToList()
            : [];
        var id = First(claims, IdTypes);
        var role = claims.Where(c => c.Type.Length > 0 && (RoleTypes.Contains(c.Type, StringComparer.Ordinal) || c.Type == Text(principal, "role_typ")))
            .Select(c => Roles.TryParse(c.Value, out var named) ? named : Role.None)
            .DefaultIfEmpty(Role.None).Max();
        if (id.Length is 0 or > 100 || role == Role.None)
            return null;
        var name = First(claims, [Text(principal, "name_typ"), .. NameTypes]);
        return new Caller(id, name.Length == 0 ? id : name[..Math.Min(name.Length, 100)], role);
    }

    private static string First(List<(string Type, string Value)> claims, IEnumerable<string> types) =>
        types.Where(t => t.Length > 0).Select(type => claims.Find(c => c.Type == type).Value).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
