using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Consensus;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Node.Agreement;
using Ledger.Node.Chain;
using Ledger.Node.Storage;
using Ledger.Primitives;
using Validator = Ledger.Consensus.Validator;

namespace Ledger.Node.Membership;

/// <summary>Shows the evidence that this node keeps, each checked again against the set of its epoch.</summary>
public sealed class EvidenceQueries(
    Hash256 chainId, ChainState chain, LedgerDatabase database, ISignatureVerifier verifier)
{
    /// <summary>All that is kept, up to the log's limit.</summary>
    public EvidenceList All()
    {
        EvidenceList list = new();
        list.Evidence.AddRange(EvidenceLog.Read(database).Select(View));
        return list;
    }

    private EvidenceView View(EquivocationEvidence evidence)
    {
        EvidenceView view = new()
        {
            Validator = ByteString.CopyFrom(evidence.First.Sender.ToArray()),
            Evidence = ByteString.CopyFrom(evidence.Encode()),
        };
        if (MessageCodec.TryDecode(evidence.First.Body.Span, out ConsensusMessage? content))
        {
            view.Epoch = content.Epoch;
            view.Height = content.Height;
            view.View = content.View;
            view.Kind = NameOf(content.Kind);
            view.Verified = SetOf(content.Epoch) is { } set && evidence.Verify(chainId, set, verifier);
        }

        return view;
    }

    // The state keeps every set from the first proposal about seats on; before it there is only the founders'.
    private ValidatorSet? SetOf(ulong epoch)
    {
        LedgerHead head = chain.Head;
        return epoch == head.NextEpoch ? head.NextSet
            : head.State.ValidatorSet(epoch) is { } instance ? ValidatorSet.Of(instance.Seats.Select(Read))
            : null;
    }

    private static Validator Read(Seat seat) =>
        new(new Address(seat.Address.Span), new PublicKeyBytes(seat.VoteKey.Span));

    private static string NameOf(MessageKind kind) => kind switch
    {
        MessageKind.PrePrepare => "pre-prepare",
        MessageKind.Prepare => "prepare",
        MessageKind.Commit => "commit",
        MessageKind.ViewChange => "view-change",
        MessageKind.NewView => "new-view",
        MessageKind.Status => "status",
        MessageKind.Witness => "witness",
        _ => throw new InvalidOperationException("a kind without a name"),
    };
}
