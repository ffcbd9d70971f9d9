using Google.Protobuf;
using Grpc.Core;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Client.Nodes;

/// <summary>Makes the caller's proof for a node, and keeps it for as long as the node takes it.</summary>
internal sealed class CallerProofs : IDisposable
{
    // A challenge is good for ten minutes; two are left for the calls under way.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(8);

    private readonly CallerIdentity identity;
    private readonly Hash256 chainId;
    private readonly Func<CancellationToken, Task<Challenge>> ask;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim gate = new(1, 1);
    private byte[]? proof;
    private long madeAt;

    public CallerProofs(
        CallerIdentity identity, Hash256 chainId, Func<CancellationToken, Task<Challenge>> ask, TimeProvider time)
    {
        this.identity = identity;
        this.chainId = chainId;
        this.ask = ask;
        this.time = time;
    }

    /// <summary>Metadata with a proof; it asks the node for a challenge when the last one is too old.</summary>
    public async Task<Metadata> MetadataAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (proof is null || time.GetElapsedTime(madeAt) > Lifetime)
            {
                long asked = time.GetTimestamp();
                proof = Answer(await ask(cancellation).ConfigureAwait(false));
                madeAt = asked;
            }

            return new Metadata { { CallerMessages.MetadataKey, proof } };
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Forgets the proof: the node does not take it any more, because it was started again.</summary>
    public async Task ForgetAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation).ConfigureAwait(false);
        proof = null;
        gate.Release();
    }

    public void Dispose() => gate.Dispose();

    private byte[] Answer(Challenge challenge)
    {
        // The chain id comes from the profile: a proof for this chain is of no use on another.
        if (!challenge.ChainId.Span.SequenceEqual(chainId.ToArray()))
        {
            throw new LedgerClientException(
                ClientFailure.NotVerified,
                    "The node belongs to another chain than the profile. Check the profile's node.");
        }

        Hash256 digest = CallerMessages.Digest(chainId, challenge.Node.Span, challenge.Challenge_.Span);
        return new CallerProof
        {
            Address = ByteString.CopyFrom(identity.Address.ToArray()),
            PublicKey = ByteString.CopyFrom(identity.Key.PublicKey.ToArray()),
            Challenge = challenge.Challenge_,
            Signature = ByteString.CopyFrom(identity.Key.Sign(digest)),
            Institution = identity.InNameOf is { } named ? ByteString.CopyFrom(named.ToArray()) : ByteString.Empty,
        }.ToByteArray();
    }
}
