namespace Ledger.Consensus.Tests;

/// <summary>Packets on their way in the order in which they were sent, and what stops them.</summary>
internal sealed class ScriptNetwork
{
    private readonly List<ScriptPacket> queue = [];
    private readonly List<ScriptPacket> delayed = [];
    private readonly List<ScriptPacketFilter> blocked = [];
    private List<string[]> groups = [];

    public int Count => queue.Count;

    public void Send(ScriptPacket packet) => queue.Add(packet);

    /// <summary>Takes the next packet out that may arrive; packets before it that may not are lost.</summary>
    public ScriptPacket? Next()
    {
        while (queue.Count > 0)
        {
            ScriptPacket packet = queue[0];
            queue.RemoveAt(0);
            if (Passes(packet))
            {
                return packet;
            }
        }

        return null;
    }

    /// <summary>Takes out all that fit, in order, whether or not they may arrive.</summary>
    public List<ScriptPacket> Take(ScriptPacketFilter filter)
    {
        List<ScriptPacket> taken = queue.FindAll(filter.Fits);
        queue.RemoveAll(filter.Fits);
        return taken;
    }

    /// <summary>Packets that may arrive.</summary>
    public bool Passes(ScriptPacket packet) =>
        !blocked.Exists(filter => filter.Fits(packet))
        && (groups.Count == 0 || groups.Exists(group => group.Contains(packet.From) && group.Contains(packet.To)));

    public int Duplicate(ScriptPacketFilter filter)
    {
        List<ScriptPacket> again = queue.FindAll(filter.Fits);
        queue.AddRange(again);
        return again.Count;
    }

    /// <summary>Keeps those that fit back until <see cref="Release"/>.</summary>
    public int Delay(ScriptPacketFilter filter)
    {
        List<ScriptPacket> taken = Take(filter);
        delayed.AddRange(taken);
        return taken.Count;
    }

    public int Release()
    {
        int count = delayed.Count;
        queue.AddRange(delayed);
        delayed.Clear();
        return count;
    }

    /// <summary>What was sent last comes first.</summary>
    public void Reverse() => queue.Reverse();

    /// <summary>From now on those that fit are lost.</summary>
    public void Block(ScriptPacketFilter filter) => blocked.Add(filter);

    /// <summary>Only within these groups anything arrives; a name may stand in several.</summary>
    public void Partition(List<string[]> into) => groups = into;

    public void Heal()
    {
        groups = [];
        blocked.Clear();
    }
}
