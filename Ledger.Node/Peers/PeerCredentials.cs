using Google.Protobuf;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Peers;

/// <summary>How this node proves itself to peers, and checks theirs.</summary>
/// <param name="ChainId">The chain; nodes of another one are refused.</param>
/// <param name="Tls">The node's TLS key.</param>
/// <param name="Binding">Its institution's binding of that key.</param>
/// <param name="Verifier">Checks signatures.</param>
public sealed record PeerCredentials(Hash256 ChainId, TlsIdentity Tls, TlsBinding Binding, ISignatureVerifier Verifier)
{
    /// <summary>What the node says first.</summary>
    public HelloRequest Greeting() => new() { ChainId = ByteString.CopyFrom(ChainId.ToArray()), Binding = Binding };
}
