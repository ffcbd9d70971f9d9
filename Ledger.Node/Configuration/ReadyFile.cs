namespace Ledger.Node.Configuration;

/// <summary>
/// Written by a node once it serves, and removed when it stops: what others on the machine need to reach it.
/// </summary>
/// <param name="ProcessId">The process.</param>
/// <param name="Api">API address.</param>
/// <param name="Lrs">Learning record store address.</param>
/// <param name="TlsPin">SHA-256 of the TLS key, hexadecimal.</param>
/// <param name="ChainId">The chain, hexadecimal.</param>
/// <param name="Address">The institution, hexadecimal.</param>
public sealed record ReadyFile(int ProcessId, string Api, string Lrs, string TlsPin, string ChainId, string Address)
{
    /// <summary>Name of the file within the node's folder.</summary>
    public const string FileName = "ready.json";
}
