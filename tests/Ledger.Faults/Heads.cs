using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.Faults;

/// <summary>Where nodes stand.</summary>
public static class Heads
{
    /// <summary>
    /// Waits until all nodes serve and stand at one height, at least the given one, and requires one hash and one
    /// state there.
    /// </summary>
    public static async Task<NodeStatus> RequireEqualAsync(IEnumerable<Member> members, ulong heightMin)
    {
        NodeStatus[] statuses = await Waiting.ForAsync("all nodes stand at one height", async () =>
        {
            NodeStatus?[] all = await Task.WhenAll(members.Select(StatusAsync));
            return all.All(status => status?.Height >= heightMin && status.Height == all[0]!.Height)
                ? all.OfType<NodeStatus>().ToArray()
                : null;
        });
        ObservationException.Require(
            statuses.All(status => status.HeadHash == statuses[0].HeadHash), "Head hashes differ at one height.");
        ObservationException.Require(
            statuses.All(status => status.StateRoot == statuses[0].StateRoot), "State roots differ at one height.");
        return statuses[0];
    }

    /// <summary>A node's status, or null while it does not answer.</summary>
    public static async Task<NodeStatus?> StatusAsync(Member member)
    {
        try
        {
            return await member.Client.GetStatusAsync(CancellationToken.None);
        }
        catch (LedgerClientException)
        {
            return null;
        }
    }

    /// <summary>The place of the leader among the members, as one of them sees it.</summary>
    public static async Task<int> LeaderAsync(Member[] members, Member asked)
    {
        NodeStatus status = await asked.Client.GetStatusAsync(CancellationToken.None);
        Address leader = new(status.Leader.Span);
        return Array.FindIndex(members, member => member.Address == leader);
    }
}
