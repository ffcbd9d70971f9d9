namespace Ledger.Consensus.Tests;

/// <summary>Which packets a command means: by sender, receiver and kind, each of them or any.</summary>
internal sealed class ScriptPacketFilter(ScriptArguments arguments)
{
    private readonly List<string>? from = arguments.ListOrNull("from");
    private readonly List<string>? to = arguments.ListOrNull("to");
    private readonly List<string> kinds = arguments.Words;

    /// <summary>Whether nothing was named.</summary>
    public bool IsAll => from is null && to is null && kinds.Count == 0;

    public bool Fits(ScriptPacket packet) =>
        (from is null || from.Contains(packet.From))
        && (to is null || to.Contains(packet.To))
        && (kinds.Count == 0 || kinds.Contains(packet.Kind));
}
