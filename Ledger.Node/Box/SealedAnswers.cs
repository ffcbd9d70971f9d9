using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Protos;
using Ledger.Client.Sealing;
using Ledger.Client.Trail;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.Node.Box;

/// <summary>
/// Shows kept openings to whoever may see them, sealed to that caller's key. A key that came, or changed, after they
/// were kept: the box opens its own copy and seals it to the present one.
/// </summary>
/// <param name="store">Where they are kept.</param>
/// <param name="own">The key of this node, to which each is sealed too.</param>
/// <param name="purpose">What they are sealed for.</param>
public sealed class SealedAnswers(SealedOpenings store, EncryptionKey own, Hash256 purpose)
{
    /// <summary>Commitments of one question.</summary>
    public const int CommitmentsMax = TrailReader.ContentsMax;

    /// <summary>
    /// What is kept of these commitments about a learner, in their order. Fails the call where there are too many, or
    /// where the caller has published no key.
    /// </summary>
    public IReadOnlyList<(ByteString Commitment, SealedMessage Content)> Open(
        IStateView state, Address learner, Address caller, IReadOnlyCollection<ByteString> commitments)
    {
        if (commitments.Count is 0 or > CommitmentsMax || commitments.Any(static one => one.Length != Hash256.Size))
        {
            throw Api.Refusals.Argument("commitments", $"1 to {CommitmentsMax}, of {Hash256.Size} bytes each");
        }

        PublicKeyBytes key = state.CurrentEncryptionKey(caller) ?? throw Api.Refusals.Precondition(
            "NO_ENCRYPTION_KEY: what is shown is sealed to the learner's key; publish one first");
        List<(ByteString, SealedMessage)> answers = [];
        foreach (ByteString commitment in commitments)
        {
            if (store.Find(learner, new Hash256(commitment.Span)) is { } content)
            {
                answers.Add((commitment, For(caller, key, content)));
            }
        }

        return answers;
    }

    private SealedMessage For(Address caller, PublicKeyBytes key, SealedMessage content)
    {
        if (content.Keys.Any(one => one.PublicKey.Span.SequenceEqual(key.ToArray()))
            || SealedMessages.Open(content, own, purpose) is not { } opening)
        {
            return content;
        }

        return SealedMessages.Seal(opening, [(caller, key)], purpose);
    }
}
