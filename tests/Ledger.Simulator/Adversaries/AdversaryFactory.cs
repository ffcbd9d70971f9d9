using Ledger.Simulator.Faults;
using Ledger.Simulator.Nodes;
using Ledger.Simulator.Worlds;

namespace Ledger.Simulator.Adversaries;

/// <summary>Makes adversaries by their kind.</summary>
public static class AdversaryFactory
{
    /// <summary>Kinds from 1 to this one can be drawn.</summary>
    public const int KindsMax = (int)AdversaryKind.FaithlessLeader;

    /// <summary>What a process of this kind does, or null when it follows the protocol.</summary>
    public static Adversary? Make(AdversaryKind kind, World world, SimulatedNode node) => kind switch
    {
        AdversaryKind.None => null,
        AdversaryKind.Silent => new Silent(world, node),
        AdversaryKind.Twins => new Twin(world, node),
        AdversaryKind.VotesForAll => new VoterForAll(world, node),
        AdversaryKind.StaleView => new StaleView(world, node),
        AdversaryKind.Replayer => new Replayer(world, node),
        AdversaryKind.LyingStatus => new LyingStatus(world, node),
        AdversaryKind.CertificateForger => new CertificateForger(world, node),
        AdversaryKind.MessageMutator => new MessageMutator(world, node),
        AdversaryKind.CensoringLeader => new CensoringLeader(world, node),
        AdversaryKind.SlowLeader => new SlowLeader(world, node),
        AdversaryKind.EquivocatingLeader => new EquivocatingLeader(world, node),
        AdversaryKind.FaithlessLeader => new FaithlessLeader(world, node),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The fault that a kind counts as.</summary>
    public static FaultKind FaultOf(AdversaryKind kind) =>
        FaultKind.Silent + ((int)kind - (int)AdversaryKind.Silent);
}
