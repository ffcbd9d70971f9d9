using Ledger.Simulator.Chance;
using System.Collections.Immutable;

namespace Ledger.Consensus.Tests;

/// <summary>New views of a member that leads and lies: every view change in them is signed by somebody.</summary>
internal static class NewViewMutations
{
    private const ulong View = 1;

    /// <summary>Forgeries by the leader of the view, and one by somebody else.</summary>
    public static IEnumerable<(string Name, int Seat, ConsensusMessage.NewView Forgery)> Of(
        MutationForge forge, Prng prng)
    {
        VerifiedMessage[] good = [.. new[] { 1, 2, 3 }.Select(seat => forge.Sign(seat, forge.Leave(View, null)))];
        Certificate prepared = forge.Certify(forge.Block, VoteKind.Prepare, 0, 1, 2, 4);
        ulong step = (ulong)prng.Between(1, 1_000_000);
        yield return ("by another than the leader", 3, forge.Begin(View, good));
        yield return ("q - 1 view changes", 2, forge.Begin(View, good[0], good[1]));
        yield return ("none", 2, forge.Begin(View));
        yield return ("one twice", 2, forge.Begin(View, good[0], good[1], good[1]));
        yield return ("another order", 2, forge.Begin(View, good[1], good[0], good[2]));
        yield return ("another view than its view changes", 2, forge.Begin(View + (4 * step), good));
        foreach ((string name, ConsensusMessage.ViewChange last) in Strangers(forge, step))
        {
            yield return ("a view change " + name, 2, forge.Begin(View, good[0], good[1], forge.Sign(3, last)));
        }

        yield return ("a view change of no seat", 2, forge.Begin(
            View, good[0], good[1], forge.Sign(5, forge.Leave(View, null))));
        foreach ((string name, Certificate forged) in CertificateMutations.Of(forge, prepared, prng))
        {
            yield return ("a view change with a certificate, " + name, 2, forge.Begin(
                View, good[0], good[1], forge.Sign(3, forge.Leave(View, forged))));
        }
    }

    private static IEnumerable<(string Name, ConsensusMessage.ViewChange Message)> Strangers(
        MutationForge forge, ulong step)
    {
        Certificate prepared = forge.Certify(forge.Block, VoteKind.Prepare, 0, 1, 2, 4);
        yield return ("of another epoch", new ConsensusMessage.ViewChange(step, 1, View, null, null));
        yield return ("of another height", new ConsensusMessage.ViewChange(0, 1 + step, View, null, null));
        yield return ("for another view", new ConsensusMessage.ViewChange(0, 1, View + step, null, null));
        yield return ("with another block", new ConsensusMessage.ViewChange(0, 1, View, prepared, forge.Rival));
        yield return ("prepared in its own view", forge.Leave(
            View, forge.Certify(forge.Block, VoteKind.Prepare, View, 1, 2, 4)));
        yield return ("prepared in a later view", forge.Leave(
            View, forge.Certify(forge.Block, VoteKind.Prepare, View + step, 1, 2, 4)));
        yield return ("with commit votes", forge.Leave(
            View, forge.Certify(forge.Block, VoteKind.Commit, 0, 1, 2, 4)));
    }
}
