using System.Threading.Channels;
using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Node.Protos;
using Ledger.Primitives;

namespace Ledger.Node.Membership;

/// <summary>One question to the validators of a new set, and their answers. Thread-safe.</summary>
public sealed class ReadyRound(
    ByteString nonce, Hash256 chainId, ulong epoch, ValidatorSet oldSet, ValidatorSet newSet,
    ISignatureVerifier verifier)
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<Address, ReadyAnswer> answers = [];
    private readonly Channel<bool> changed = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>What the answers must repeat.</summary>
    public ByteString Nonce => nonce;

    /// <summary>Whether everybody has signed.</summary>
    public bool IsComplete
    {
        get
        {
            lock (gate)
            {
                return newSet.Validators.All(validator =>
                    answers.TryGetValue(validator.Address, out ReadyAnswer? answer)
                    && answer.Refusal == ReadyRefusal.None);
            }
        }
    }

    /// <summary>Whether enough have signed.</summary>
    public bool IsEnough
    {
        get
        {
            lock (gate)
            {
                return answers.Values.Count(answer => answer.Refusal == ReadyRefusal.None) >= newSet.Quorum;
            }
        }
    }

    /// <summary>
    /// Takes an answer that came over the institution's own connection; a wrong signature is dropped.
    /// </summary>
    public void Add(Address institution, ReadyAnswer answer)
    {
        int place = newSet.IndexOf(institution);
        if (place < 0 || answer.Nonce != nonce || !IsRight(place, answer))
        {
            return;
        }

        lock (gate)
        {
            answers[institution] = answer;
        }

        changed.Writer.TryWrite(true);
    }

    /// <summary>The verified answer of an institution, or null.</summary>
    public ReadyAnswer? Find(Address institution)
    {
        lock (gate)
        {
            return answers.GetValueOrDefault(institution);
        }
    }

    /// <summary>Waits until an answer comes, or for a time.</summary>
    public async Task WaitAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(timeout);
        try
        {
            await changed.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private bool IsRight(int place, ReadyAnswer answer)
    {
        if (answer.Refusal != ReadyRefusal.None)
        {
            return true;
        }

        return Hash256.TryRead(answer.HeadHash.Span, out Hash256 headHash)
            && answer.Signature.Length == Certificate.SignatureBytes
            && verifier.Verify(
                newSet[place].VoteKey,
                new ReadyStatement(chainId, epoch, oldSet.Hash, newSet.Hash, answer.Height, headHash).Digest,
                answer.Signature.Span);
    }
}
