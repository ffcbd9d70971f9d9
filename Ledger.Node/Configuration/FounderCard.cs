namespace Ledger.Node.Configuration;

/// <summary>
/// What an institution hands to the others before the ledger begins: its public keys and its peer address.
/// </summary>
/// <param name="Name">The institution's name.</param>
/// <param name="Domain">Its domain name.</param>
/// <param name="Address">Its address on the ledger, hexadecimal.</param>
/// <param name="IdentityKey">Its identity key, hexadecimal.</param>
/// <param name="VoteKey">Its vote key, hexadecimal.</param>
/// <param name="PeerEndpoint">Where peers reach its node.</param>
public sealed record FounderCard(
    string Name, string Domain, string Address, string IdentityKey, string VoteKey, string PeerEndpoint)
{
    /// <summary>Name of the file within the node's folder.</summary>
    public const string FileName = "card.json";
}
