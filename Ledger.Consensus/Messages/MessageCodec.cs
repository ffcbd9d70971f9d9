using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// The one reader and the one writer of message bodies (P-3). Reading checks form, enums and lengths, not meaning.
/// </summary>
public static class MessageCodec
{
    /// <summary>The canonical bytes of a body: what is hashed and signed.</summary>
    public static byte[] Encode(ConsensusMessage message) => (message switch
    {
        ConsensusMessage.PrePrepare one => EncodePrePrepare(one),
        ConsensusMessage.Vote one => EncodeVote(one),
        ConsensusMessage.ViewChange one => EncodeViewChange(one),
        ConsensusMessage.NewView one => EncodeNewView(one),
        ConsensusMessage.Status one => EncodeStatus(one),
        ConsensusMessage.Witness one => EncodeWitness(one),
        _ => throw new InvariantException("the kinds of messages are closed"),
    }).ToByteArray();

    /// <summary>Reads canonical bytes of a body.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out ConsensusMessage? message)
    {
        message = null;
        if (!CanonicalMessage.TryParse(Protos.ConsensusBody.Parser, bytes, out Protos.ConsensusBody? body))
        {
            return false;
        }

        message = body.KindCase switch
        {
            Protos.ConsensusBody.KindOneofCase.PrePrepare => ReadPrePrepare(body.PrePrepare),
            Protos.ConsensusBody.KindOneofCase.Vote => ReadVote(body.Vote),
            Protos.ConsensusBody.KindOneofCase.ViewChange => ReadViewChange(body.ViewChange),
            Protos.ConsensusBody.KindOneofCase.NewView => ReadNewView(body.NewView),
            Protos.ConsensusBody.KindOneofCase.Status => ReadStatus(body.Status),
            Protos.ConsensusBody.KindOneofCase.Witness => ReadWitness(body.Witness),
            Protos.ConsensusBody.KindOneofCase.None => null,
            _ => null,
        };
        return message is not null;
    }

    private static ConsensusMessage.PrePrepare? ReadPrePrepare(Protos.PrePrepare message) =>
        ProposalBlock.TryRead(message.Proposal, out ProposalBlock? block)
            ? new ConsensusMessage.PrePrepare(message.Epoch, message.Height, message.View, block)
            : null;

    private static ConsensusMessage.Vote? ReadVote(Protos.Vote message) =>
        message.Kind is Protos.VoteKind.Prepare or Protos.VoteKind.Commit
        && Hash256.TryRead(message.BlockHash.Span, out Hash256 hash)
            ? new ConsensusMessage.Vote(message.Epoch, message.Height, message.View, (VoteKind)message.Kind, hash)
            : null;

    private static ConsensusMessage.ViewChange? ReadViewChange(Protos.ViewChange message)
    {
        if (message.Prepared is null && message.PreparedProposal is null)
        {
            return new ConsensusMessage.ViewChange(message.Epoch, message.Height, message.View, null, null);
        }

        return Certificate.TryRead(message.Prepared, out Certificate? prepared)
            && ProposalBlock.TryRead(message.PreparedProposal, out ProposalBlock? block)
                ? new ConsensusMessage.ViewChange(message.Epoch, message.Height, message.View, prepared, block)
                : null;
    }

    private static ConsensusMessage.NewView? ReadNewView(Protos.NewView message)
    {
        if (message.ViewChanges.Count is 0 or > ValidatorSet.CountMax)
        {
            return null;
        }

        ImmutableArray<SignedEnvelope>.Builder viewChanges =
            ImmutableArray.CreateBuilder<SignedEnvelope>(message.ViewChanges.Count);
        foreach (Protos.SignedMessage one in message.ViewChanges)
        {
            if (!SignedEnvelope.TryRead(one, out SignedEnvelope? envelope))
            {
                return null;
            }

            viewChanges.Add(envelope);
        }

        return new ConsensusMessage.NewView(message.Epoch, message.Height, message.View, viewChanges.MoveToImmutable());
    }

    private static ConsensusMessage.Status? ReadStatus(Protos.Status message) =>
        Hash256.TryRead(message.HeadHash.Span, out Hash256 head)
            ? new ConsensusMessage.Status(
                message.Epoch, message.Height, head, message.View, message.ChangingView, message.StartNonce)
            : null;

    // Nothing seen is all 0, so that it has one encoding.
    private static ConsensusMessage.Witness? ReadWitness(Protos.Witness message)
    {
        bool none = message.SeenKind == Protos.MessageKind.None;
        if (!Address.TryRead(message.Subject.Span, out Address subject)
            || !Enum.IsDefined(message.SeenKind)
            || (none && (message.SeenHeight != 0 || message.SeenView != 0)))
        {
            return null;
        }

        SeenSlot? seen = none
            ? null
            : new SeenSlot(message.SeenHeight, message.SeenView, (MessageKind)message.SeenKind);
        return new ConsensusMessage.Witness(
            message.Epoch, message.Height, message.View, subject, message.StartNonce, seen);
    }

    private static Protos.ConsensusBody EncodePrePrepare(ConsensusMessage.PrePrepare message) => new()
    {
        PrePrepare = new Protos.PrePrepare
        {
            Epoch = message.Epoch,
            Height = message.Height,
            View = message.View,
            Proposal = message.Block.ToMessage(),
        },
    };

    private static Protos.ConsensusBody EncodeVote(ConsensusMessage.Vote message) => new()
    {
        Vote = new Protos.Vote
        {
            Epoch = message.Epoch,
            Height = message.Height,
            View = message.View,
            Kind = (Protos.VoteKind)message.Phase,
            BlockHash = ByteString.CopyFrom(message.BlockHash.ToArray()),
        },
    };

    private static Protos.ConsensusBody EncodeViewChange(ConsensusMessage.ViewChange message) => new()
    {
        ViewChange = new Protos.ViewChange
        {
            Epoch = message.Epoch,
            Height = message.Height,
            View = message.View,
            Prepared = message.Prepared?.ToMessage(),
            PreparedProposal = message.PreparedBlock?.ToMessage(),
        },
    };

    private static Protos.ConsensusBody EncodeNewView(ConsensusMessage.NewView message)
    {
        Protos.NewView body = new() { Epoch = message.Epoch, Height = message.Height, View = message.View };
        foreach (SignedEnvelope viewChange in message.ViewChanges)
        {
            body.ViewChanges.Add(viewChange.ToMessage());
        }

        return new Protos.ConsensusBody { NewView = body };
    }

    private static Protos.ConsensusBody EncodeStatus(ConsensusMessage.Status message) => new()
    {
        Status = new Protos.Status
        {
            Epoch = message.Epoch,
            Height = message.Height,
            HeadHash = ByteString.CopyFrom(message.HeadHash.ToArray()),
            View = message.View,
            ChangingView = message.ChangingView,
            StartNonce = message.StartNonce,
        },
    };

    private static Protos.ConsensusBody EncodeWitness(ConsensusMessage.Witness message) => new()
    {
        Witness = new Protos.Witness
        {
            Epoch = message.Epoch,
            Height = message.Height,
            View = message.View,
            Subject = ByteString.CopyFrom(message.Subject.ToArray()),
            StartNonce = message.StartNonce,
            SeenHeight = message.Seen?.Height ?? 0,
            SeenView = message.Seen?.View ?? 0,
            SeenKind = (Protos.MessageKind)(message.Seen?.Kind ?? 0),
        },
    };
}
