using Ledger.Simulator.Chance;
using System.Collections.Immutable;

namespace Ledger.Consensus.Tests;

/// <summary>
/// Runs as many mutants as asked for, the same ones for the same numbers: first every byte of every proof (a bit of
/// it, then the proof cut off there) and every named forgery, then chance.
/// </summary>
internal static class MutationRun
{
    private const int RoundsOfChance = 1000;

    public static MutationReport Of(int mutantsMin, int bitsPerByte, ulong seed)
    {
        MutationForge forge = new();
        ImmutableArray<MutationSubject> subjects = MutationSubjects.All(forge);
        MutationReport report = new();
        foreach (MutationSubject subject in subjects)
        {
            EveryByte(subject, bitsPerByte, report);
        }

        Prng prng = new(seed);
        Named(forge, prng, report);
        EvidenceMutations.Judge(forge, prng, report);
        while (report.Mutants < mutantsMin)
        {
            foreach (MutationSubject subject in subjects)
            {
                report.Judge(subject, "none", subject.Bytes);
                ByChance(subject, subjects, Math.Min(RoundsOfChance, mutantsMin), prng, report);
            }

            Named(forge, prng, report);
            EvidenceMutations.Judge(forge, prng, report);
        }

        return report;
    }

    private static void EveryByte(MutationSubject subject, int bitsPerByte, MutationReport report)
    {
        for (int place = subject.From; place < subject.Bytes.Length; place++)
        {
            for (int bit = 0; bit < bitsPerByte; bit++)
            {
                report.Judge(subject, "a bit", ByteMutations.Flip(subject.Bytes, place, (place + bit) % 8));
            }

            report.Judge(subject, "cut off", ByteMutations.Truncate(subject.Bytes, place));
        }
    }

    private static void ByChance(
        MutationSubject subject, ImmutableArray<MutationSubject> all, int count, Prng prng, MutationReport report)
    {
        for (int round = 0; round < count / all.Length; round++)
        {
            byte[] material = all[prng.Below(all.Length)].Bytes;
            (string name, byte[] bytes) = ByteMutations.AtRandom(subject, material, prng);
            report.Judge(subject, name, bytes);
        }
    }

    private static void Named(MutationForge forge, Prng prng, MutationReport report)
    {
        Certificate commit = forge.Certify(forge.Block, VoteKind.Commit, 5, 1, 2, 4);
        JudgeAll(report, "forged certificate", commit, one => forge.Decides(one, forge.Block),
            CertificateMutations.Of(forge, commit, prng));
        Certificate prepared = forge.Certify(forge.Block, VoteKind.Prepare, 0, 1, 2, 4);
        JudgeAll(report, "forged certificate in a view change", prepared,
            one => forge.IsGoodViewChange(forge.Verified(forge.Sign(2, forge.Leave(1, one)).Envelope.Encode())),
            CertificateMutations.Of(forge, prepared, prng));
        ConsensusMessage.NewView newView = forge.Begin(
            1, [.. new[] { 1, 2, 4 }.Select(seat => forge.Sign(seat, forge.Leave(1, null)))]);
        MutationSubject subject = new(
            "forged new view", forge.Sign(2, newView).Envelope.Encode(), 0,
            bytes => forge.IsGoodNewView(forge.Verified(bytes)));
        report.Judge(subject, "none", subject.Bytes);
        foreach ((string name, int seat, ConsensusMessage.NewView forgery) in NewViewMutations.Of(forge, prng))
        {
            report.Judge(subject, name, forge.Sign(seat, forgery).Envelope.Encode());
        }
    }

    // The bytes are only a name here: a forgery need not have bytes that can be read.
    private static void JudgeAll(
        MutationReport report, string name, Certificate good, Func<Certificate, bool> accepts,
        IEnumerable<(string Name, Certificate Forgery)> forgeries)
    {
        report.Judge(new MutationSubject(name, good.Encode(), 0, _ => accepts(good)), "none", good.Encode());
        foreach ((string mutation, Certificate forgery) in forgeries)
        {
            report.Judge(
                new MutationSubject(name, good.Encode(), 0, _ => accepts(forgery)), mutation, forgery.Encode());
        }
    }
}
