namespace Ledger.Client.Keys;

/// <summary>
/// The system's Ed25519 library answers an edge case otherwise than libsodium 1.0.18: a node must not start.
/// </summary>
public sealed class EdgeCaseException(string name)
    : Exception(
        $"The system's libsodium judges Ed25519 signatures by other rules than the ledger's (case: {name}). "
        + "A node with it would disagree with the others. Install libsodium 1.0.18 or a version that gives the "
        + "same answers.")
{
}
