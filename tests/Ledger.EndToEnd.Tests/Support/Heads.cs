using Google.Protobuf;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Primitives;

namespace Ledger.EndToEnd.Tests.Support;

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
        Assert.That(statuses.Select(status => Text(status.HeadHash)).Distinct().Count(), Is.EqualTo(1), "head hashes");
        Assert.That(statuses.Select(status => Text(status.StateRoot)).Distinct().Count(), Is.EqualTo(1), "state roots");
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

    private static string Text(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
