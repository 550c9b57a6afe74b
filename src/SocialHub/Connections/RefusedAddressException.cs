namespace SocialHub.Connections;

/// <summary>Travels from the connection's callback to <see cref="HubHttp"/>, which makes a value of it.</summary>
internal sealed class RefusedAddressException(string host) : Exception($"{host} is not on the public internet.");
