using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Ledger.Primitives;

namespace Ledger.Consensus;

/// <summary>
/// q votes for one block, of one kind, epoch, height and view. Well formed, not verified: see CertificateRules.
/// </summary>
public sealed record Certificate(
    VoteKind Kind, ulong Epoch, ulong Height, ulong View, Hash256 BlockHash, ImmutableArray<CertificateVote> Votes)
{
    /// <summary>Length of an Ed25519 signature.</summary>
    public const int SignatureBytes = 64;

    /// <summary>Reads the message's fields; votes must stand in strictly ascending order of validator.</summary>
    public static bool TryRead(Protos.Certificate? message, [NotNullWhen(true)] out Certificate? certificate)
    {
        certificate = null;
        if (message is null
            || message.Kind is not (Protos.VoteKind.Prepare or Protos.VoteKind.Commit)
            || message.Votes.Count is 0 or > ValidatorSet.CountMax
            || !Hash256.TryRead(message.BlockHash.Span, out Hash256 hash))
        {
            return false;
        }

        CertificateVote[] votes = new CertificateVote[message.Votes.Count];
        for (int place = 0; place < votes.Length; place++)
        {
            Protos.VoteSignature vote = message.Votes[place];
            if (vote.Signature.Length != SignatureBytes
                || vote.Validator >= ValidatorSet.CountMax
                || (place > 0 && vote.Validator <= message.Votes[place - 1].Validator))
            {
                return false;
            }

            votes[place] = new CertificateVote((int)vote.Validator, vote.Signature.Memory);
        }

        certificate = new Certificate(
            (VoteKind)message.Kind, message.Epoch, message.Height, message.View, hash, [.. votes]);
        return true;
    }

    /// <summary>Reads canonical bytes.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Certificate? certificate)
    {
        certificate = null;
        return CanonicalMessage.TryParse(Protos.Certificate.Parser, bytes, out Protos.Certificate? message)
            && TryRead(message, out certificate);
    }

    /// <summary>The message.</summary>
    public Protos.Certificate ToMessage()
    {
        Protos.Certificate message = new()
        {
            Kind = (Protos.VoteKind)Kind,
            Epoch = Epoch,
            Height = Height,
            View = View,
            BlockHash = ByteString.CopyFrom(BlockHash.ToArray()),
        };
        foreach (CertificateVote vote in Votes)
        {
            message.Votes.Add(new Protos.VoteSignature
            {
                Validator = (uint)vote.Validator,
                Signature = ByteString.CopyFrom(vote.Signature.Span),
            });
        }

        return message;
    }

    /// <summary>The canonical bytes.</summary>
    public byte[] Encode() => ToMessage().ToByteArray();
}
