using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// The ports of a kernel, one for each way out. The signer is null for an observer that has no vote key.
/// </summary>
public sealed record KernelPorts(
    IPeers Peers,
    IBlockStore Store,
    IVoteSigner? Signer,
    ISignatureVerifier Verifier,
    IBlockExecutor Executor,
    IEvidenceLog Evidence);
