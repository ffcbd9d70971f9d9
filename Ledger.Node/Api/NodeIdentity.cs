using Ledger.Primitives;

namespace Ledger.Node.Api;

/// <summary>Who the node is.</summary>
/// <param name="ChainId">The chain.</param>
/// <param name="ChainName">The chain's name.</param>
/// <param name="Address">The institution.</param>
/// <param name="Name">The institution's name.</param>
/// <param name="Version">Version of this program.</param>
/// <param name="ApiUri">Where the API answers.</param>
/// <param name="LrsUri">Where the learning record store answers.</param>
public sealed record NodeIdentity(
    Hash256 ChainId, string ChainName, Address Address, string Name, string Version, string ApiUri, string LrsUri);
