using Google.Protobuf;
using Ledger.Consensus;
using Ledger.Consensus.Protos;
using Ledger.Primitives;
using static Ledger.Fuzz.TargetBuilder;

namespace Ledger.Fuzz;

/// <summary>What validators send to one another, and what they keep.</summary>
internal static class ConsensusTargets
{
    public static IEnumerable<FuzzTarget> All() =>
        [
            Envelope(), Message(), CertificateTarget(), Header(), Proposal(), Validators(), VoteStates(), Evidence(),
        ];

    private static FuzzTarget Envelope() => Canonical<SignedEnvelope>(
        "envelope",
        InputKind.Protobuf,
        [.. ConsensusSamples.Messages().Select(static message => ConsensusSamples.EnvelopeOf(1, message).Encode())],
        SignedEnvelope.TryDecode,
        static envelope => envelope.Encode(),
        static (envelope, bytes) =>
        {
            bool verified = MessageVerifier.TryVerify(
                bytes, ConsensusSamples.ChainId, ConsensusSamples.Set, TrustingVerifier.Instance, out _);
            bool isMember = ConsensusSamples.Set.IndexOf(envelope.Sender) >= 0;
            bool isMessage = MessageCodec.TryDecode(envelope.Body.Span, out _);
            FuzzViolation.Unless(verified == (isMember && isMessage), "verified without a seat or a message");
            FuzzViolation.Unless(SignedEnvelope.TryRead(envelope.ToMessage(), out _), "not read inside another");
        },
        new Decoder(typeof(SignedEnvelope), nameof(SignedEnvelope.TryDecode)),
        new Decoder(typeof(SignedEnvelope), nameof(SignedEnvelope.TryRead)),
        new Decoder(typeof(MessageVerifier), nameof(MessageVerifier.TryVerify)));

    private static FuzzTarget Message() => Canonical<ConsensusMessage>(
        "message",
        InputKind.Protobuf,
        [.. ConsensusSamples.Messages().Select(MessageCodec.Encode)],
        MessageCodec.TryDecode,
        MessageCodec.Encode,
        static (message, _) => FuzzViolation.Unless(Enum.IsDefined(message.Kind), "a kind without a name"),
        new Decoder(typeof(MessageCodec), nameof(MessageCodec.TryDecode)));

    private static FuzzTarget CertificateTarget() => Canonical<Consensus.Certificate>(
        "certificate",
        InputKind.Protobuf,
        [
            ConsensusSamples.CertificateOf(Consensus.VoteKind.Commit, ConsensusSamples.Block).Encode(),
            ConsensusSamples.CertificateOf(Consensus.VoteKind.Prepare, ConsensusSamples.Block).Encode(),
        ],
        Consensus.Certificate.TryDecode,
        static certificate => certificate.Encode(),
        static (certificate, _) =>
        {
            CertificateRules.IsValid(
                certificate, ConsensusSamples.ChainId, ConsensusSamples.Set, TrustingVerifier.Instance);
            ChainVerifier chain = FromGenesis();
            byte[] header = ConsensusSamples.Block.HeaderBytes.ToArray();
            bool confirmed = chain.Confirms(header, certificate);
            FuzzViolation.Unless(
                chain.TryAdvance(header, certificate, null) == confirmed, "confirmed, but the chain does not move on");
        },
        new Decoder(typeof(Consensus.Certificate), nameof(Consensus.Certificate.TryDecode)),
        new Decoder(typeof(Consensus.Certificate), nameof(Consensus.Certificate.TryRead)));

    private static FuzzTarget Header() => Canonical<Consensus.BlockHeader>(
        "header",
        InputKind.Protobuf,
        [
            ConsensusSamples.Block.HeaderBytes.ToArray(),
            ConsensusSamples.LastBlock.HeaderBytes.ToArray(),
            ConsensusSamples.Genesis.Encode(),
        ],
        Consensus.BlockHeader.TryDecode,
        static header => header.Encode(),
        UseHeader,
        new Decoder(typeof(Consensus.BlockHeader), nameof(Consensus.BlockHeader.TryDecode)),
        new Decoder(typeof(ChainVerifier), nameof(ChainVerifier.FromCheckpoint)),
        new Decoder(typeof(ChainVerifier), nameof(ChainVerifier.FromGenesis)),
        new Decoder(typeof(ChainVerifier), nameof(ChainVerifier.TryAdvance)),
        new Decoder(typeof(ChainVerifier), nameof(ChainVerifier.TryAdvanceEpoch)));

    // A header with the certificate that its own validators would make, at the places that certificates name.
    private static void UseHeader(Consensus.BlockHeader header, byte[] bytes)
    {
        Consensus.Certificate votes = new(
            Consensus.VoteKind.Commit,
            header.Epoch,
            header.Height,
            0,
            Consensus.BlockHeader.HashOf(bytes),
            ConsensusSamples.CertificateOf(Consensus.VoteKind.Commit, ConsensusSamples.Block).Votes);
        FromGenesis().TryAdvance(bytes, votes, ConsensusSamples.NextSet);
        FromGenesis().TryAdvanceEpoch(bytes, votes, ConsensusSamples.NextSet);
        FromGenesis().Confirms(bytes, votes);
        ChainVerifier.FromGenesis(
            ConsensusSamples.ChainId, bytes, ConsensusSamples.Set, TrustingVerifier.Instance);
        foreach (Consensus.ValidatorSet set in (Consensus.ValidatorSet[])
            [ConsensusSamples.Set, ConsensusSamples.NextSet])
        {
            ChainVerifier? from = ChainVerifier.FromCheckpoint(
                ConsensusSamples.ChainId, bytes, set, TrustingVerifier.Instance);
            from?.TryAdvance(ConsensusSamples.Block.HeaderBytes.Span, votes, ConsensusSamples.NextSet);
        }
    }

    private static FuzzTarget Proposal() => Canonical<ProposalBlock>(
        "proposal",
        InputKind.Protobuf,
        [ConsensusSamples.Block.Encode(), ConsensusSamples.LastBlock.Encode()],
        ProposalBlock.TryDecode,
        static block => block.Encode(),
        static (block, _) => FuzzViolation.Unless(
            MerkleList.Root(block.Leaves.AsSpan()) == block.Header.TransactionRoot, "leaves that are not the header's"),
        new Decoder(typeof(ProposalBlock), nameof(ProposalBlock.TryDecode)),
        new Decoder(typeof(ProposalBlock), nameof(ProposalBlock.TryRead)));

    private static FuzzTarget Validators() => Canonical<Consensus.ValidatorSet>(
        "validator-set",
        InputKind.Protobuf,
        [ConsensusSamples.Set.Encode(), ConsensusSamples.NextSet.Encode()],
        Consensus.ValidatorSet.TryDecode,
        static set => set.Encode(),
        static (set, _) => FuzzViolation.Unless(
            Enumerable.Range(0, set.Count).All(place => set.IndexOf(set[place].Address) == place), "not in order"),
        new Decoder(typeof(Consensus.ValidatorSet), nameof(Consensus.ValidatorSet.TryDecode)));

    private static FuzzTarget Evidence() => Canonical<EquivocationEvidence>(
        "evidence",
        InputKind.Protobuf,
        [
            new EquivocationEvidence(
                ConsensusSamples.EnvelopeOf(1, new ConsensusMessage.ViewChange(0, 1, 1, null, null)),
                ConsensusSamples.EnvelopeOf(1, ConsensusSamples.Messages()[4])).Encode(),
        ],
        EquivocationEvidence.TryDecode,
        static evidence => evidence.Encode(),
        static (evidence, _) => evidence.Verify(
            ConsensusSamples.ChainId, ConsensusSamples.Set, TrustingVerifier.Instance),
        new Decoder(typeof(EquivocationEvidence), nameof(EquivocationEvidence.TryDecode)));

    // Once as it is, and once with a checksum that fits, so that the content behind it is read.
    private static FuzzTarget VoteStates() => Plain(
        "vote-state",
        InputKind.Binary,
        ConsensusSamples.VoteStates(),
        static bytes =>
        {
            bool taken = TakeVoteState(bytes);
            if (bytes.Length > Hash256.Size)
            {
                byte[] summed = [.. bytes];
                int end = bytes.Length - Hash256.Size;
                TaggedHash.Of(Tags.VoteState, summed.AsSpan(0, end)).CopyTo(summed.AsSpan(end));
                TakeVoteState(summed);
            }

            return taken;
        },
        new Decoder(typeof(VoteState), nameof(VoteState.TryRead)));

    private static bool TakeVoteState(byte[] record)
    {
        if (!VoteState.TryRead(record, out VoteState? state, out Hash256 previous))
        {
            return false;
        }

        VoteState sealedAgain = state with { };
        FuzzViolation.Unless(record.Length > Hash256.Size && sealedAgain.RecordHash != previous, "its own predecessor");
        return true;
    }

    private static ChainVerifier FromGenesis() => ChainVerifier.FromGenesis(
        ConsensusSamples.ChainId, ConsensusSamples.Genesis.Encode(), ConsensusSamples.Set, TrustingVerifier.Instance)
        ?? throw new FuzzViolation("the samples' genesis header is refused");
}
