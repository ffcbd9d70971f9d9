using System.CommandLine;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Hosting;

/// <summary>Which records of a box are wanted.</summary>
internal sealed class BoxFilterOptions
{
    private readonly Option<string?> from = new("--events-from")
    {
        Description = "Only records of events from this day or time on.", HelpName = "DATE",
    };

    private readonly Option<string?> until = new("--events-until")
    {
        Description = "Only records of events up to this day, or before this time.", HelpName = "DATE",
    };

    private readonly Option<string[]> activities = new("--activity")
    {
        Description = "About this activity, or in its context; may be repeated.", HelpName = "IRI",
    };

    private readonly Option<string[]> ids = new("--id")
    {
        Description = "The record of this id; may be repeated. Says of each what became of it.", HelpName = "ID",
    };

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> All => [from, until, activities, ids];

    /// <summary>The filter, or null where none of them is given.</summary>
    public BoxFilter? Read(Session session)
    {
        BoxFilter filter = new()
        {
            FromUnixMs = session.Get(from) is { } first ? Times.ReadBeginning(first) : 0,
            UntilUnixMs = session.Get(until) is { } last ? Times.Read(last) : 0,
        };
        filter.Activities.AddRange(Ordered(session.Get(activities)));
        filter.Ids.AddRange(Ordered(session.Get(ids)));
        return filter.CalculateSize() == 0 ? null : filter;
    }

    private static IEnumerable<string> Ordered(string[]? texts) =>
        (texts ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
