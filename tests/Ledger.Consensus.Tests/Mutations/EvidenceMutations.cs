using Ledger.Simulator.Chance;

namespace Ledger.Consensus.Tests;

/// <summary>Pairs of true messages that prove nothing against their signer (C-6).</summary>
internal static class EvidenceMutations
{
    public static void Judge(MutationForge forge, Prng prng, MutationReport report)
    {
        VerifiedMessage first = forge.Sign(3, MutationForge.VoteFor(forge.Block, VoteKind.Prepare, 4));
        VerifiedMessage second = forge.Sign(3, MutationForge.VoteFor(forge.Rival, VoteKind.Prepare, 4));
        EquivocationEvidence good = new(first.Envelope, second.Envelope);
        MutationSubject subject = new("pairs that are no evidence", good.Encode(), 0, bytes =>
            EquivocationEvidence.TryDecode(bytes, out EquivocationEvidence? read)
            && read.Verify(forge.Chain.ChainId, forge.Chain.FirstSet, forge.Chain.Keys));
        report.Judge(subject, "none", subject.Bytes);
        foreach ((string name, VerifiedMessage one, VerifiedMessage other) in Pairs(forge, prng, first))
        {
            report.Judge(subject, name, new EquivocationEvidence(one.Envelope, other.Envelope).Encode());
        }
    }

    private static IEnumerable<(string Name, VerifiedMessage First, VerifiedMessage Second)> Pairs(
        MutationForge forge, Prng prng, VerifiedMessage first)
    {
        ulong step = (ulong)prng.Between(1, 1_000_000);
        ProposalBlock rival = forge.Rival;
        yield return ("one message twice", first, first);
        yield return ("two signers", first, forge.Sign(2, MutationForge.VoteFor(rival, VoteKind.Prepare, 4)));
        yield return ("two views", first, forge.Sign(3, MutationForge.VoteFor(rival, VoteKind.Prepare, 4 + step)));
        yield return ("two kinds", first, forge.Sign(3, MutationForge.VoteFor(rival, VoteKind.Commit, 4)));
        yield return ("two epochs", first,
            forge.Sign(3, MutationForge.VoteFor(rival, VoteKind.Prepare, 4, epoch: step)));
        yield return ("two heights", first,
            forge.Sign(3, MutationForge.VoteFor(rival, VoteKind.Prepare, 4, height: 1 + step)));
        yield return ("a seat that is none",
            forge.Sign(6, MutationForge.VoteFor(forge.Block, VoteKind.Prepare, 4)),
            forge.Sign(6, MutationForge.VoteFor(rival, VoteKind.Prepare, 4)));
        yield return ("two statuses",
            forge.Sign(3, new ConsensusMessage.Status(0, 1, forge.Block.Hash, 0, false, 0)),
            forge.Sign(3, new ConsensusMessage.Status(0, 1, rival.Hash, 0, false, step)));
        yield return ("two witnesses",
            forge.Sign(3, new ConsensusMessage.Witness(0, 1, 0, forge.Chain.Seat(1).Address, step, null)),
            forge.Sign(3, new ConsensusMessage.Witness(0, 1, 0, forge.Chain.Seat(2).Address, step, null)));
        byte[] body = first.Envelope.Body.ToArray();
        yield return ("two signatures of which one is false", first, first with
        {
            Envelope = SignedEnvelope.Of(first.Sender, body, forge.SignatureOf(2, body)),
        });
    }
}
