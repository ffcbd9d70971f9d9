using Ledger.Simulator.Nodes;

namespace Ledger.Simulator.Network;

/// <summary>Something that is due: a packet, an input or an action, for the process of a generation.</summary>
public readonly record struct SimulatedEvent(EventKind Kind, SimulatedNode? Node, int Generation, object Payload);
