using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>What a node knows of another institution's node: where it is and how it proves itself.</summary>
/// <param name="Address">The institution.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="IdentityKey">Its identity key, which signs bindings.</param>
/// <param name="Uri">Where its peer port is; null where nothing says so.</param>
/// <param name="BindingMinimum">The lowest number of a binding that the ledger accepts.</param>
public sealed record PeerEntry(
    Address Address, string Name, PublicKeyBytes IdentityKey, Uri? Uri, ulong BindingMinimum);
