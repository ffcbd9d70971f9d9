using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Hosting;

/// <summary>The totals of bytes and work as the profile's node tells them.</summary>
internal static class UsageTotals
{
    private const string LearnersName = "(learners together)";

    /// <summary>Of one institution, or of all and of the learners together.</summary>
    public static async Task<IReadOnlyList<UsageTotal>> ListAsync(
        Session session, string? who, CancellationToken cancellation)
    {
        if (who is null)
        {
            return await ListAllAsync(session, cancellation).ConfigureAwait(false);
        }

        Address address = await Parties.ReadInstitutionAsync(session, who, cancellation).ConfigureAwait(false);
        InstitutionView view = await session.Client.GetInstitutionAsync(address, cancellation).ConfigureAwait(false);
        Usage? usage = await session.Client.FindAsync(StateKeys.Usage(address), Usage.Parser, cancellation)
            .ConfigureAwait(false);
        return [new UsageTotal(view.Institution?.Name ?? address.ToString(), address, usage ?? new Usage())];
    }

    private static async Task<IReadOnlyList<UsageTotal>> ListAllAsync(
        Session session, CancellationToken cancellation)
    {
        Dictionary<Address, Usage> usages = [];
        await foreach (StateItem<Usage> item in session.Client.ListAsync(
            StateKeys.Prefix(StateKind.Usage), Usage.Parser, cancellation).ConfigureAwait(false))
        {
            usages[new Address(item.Part(0))] = item.Value;
        }

        List<UsageTotal> totals = [];
        foreach (InstitutionView view in await InstitutionBook.ListAsync(session, cancellation).ConfigureAwait(false))
        {
            Address address = new(view.Address.Span);
            totals.Add(new UsageTotal(
                view.Institution?.Name ?? address.ToString(), address,
                usages.Remove(address, out Usage? usage) ? usage : new Usage()));
        }

        totals.Add(new UsageTotal(LearnersName, Address: null, Sum(usages.Values)));
        return totals;
    }

    private static Usage Sum(IEnumerable<Usage> usages)
    {
        Usage sum = new();
        foreach (Usage usage in usages)
        {
            sum.Operations += usage.Operations;
            sum.Refused += usage.Refused;
            sum.Bytes += usage.Bytes;
            sum.WorkUnits += usage.WorkUnits;
        }

        return sum;
    }
}
