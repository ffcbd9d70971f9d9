using System.CommandLine;
using Ledger.Client.Limits;
using Ledger.Client.Protos;

namespace Ledger.CommandLine.Hosting;

/// <summary>The limits of a grant as options, and where their opening goes.</summary>
internal sealed class LimitsOptions
{
    private readonly Option<string[]> activities = new("--activity")
    {
        Description = "Only records about this activity, such as a course; may stand several times.", HelpName = "IRI",
    };

    private readonly Option<string?> from = new("--events-from")
    {
        Description = "Only records of events from this day or time on.", HelpName = "DATE",
    };

    private readonly Option<string?> until = new("--events-until")
    {
        Description = "Only records of events up to this day, or before this time.", HelpName = "DATE",
    };

    private readonly Option<string[]> purposes = new("--purpose")
    {
        Description = "Only for this purpose; may stand several times.", HelpName = "LABEL",
    };

    private readonly Option<uint> reads = new("--reads")
    {
        Description = "So many answers of each box.", HelpName = "COUNT",
    };

    private readonly Option<string?> place = new("--place")
    {
        Description = "Where copies may lie.", HelpName = "LABEL",
    };

    private readonly Option<uint> retention = new("--retention-days")
    {
        Description = "How long copies may be kept.", HelpName = "DAYS",
    };

    private readonly Option<bool> backups = new("--backups") { Description = "Copies may lie in backups." };

    private readonly Option<uint> withdrawal = new("--withdrawal-days")
    {
        Description = "Within how many days of the grant's end copies are erased.", HelpName = "DAYS",
    };

    private readonly Option<bool> featuresOnly = new("--features-only")
    {
        Description = "Boxes give features that they compute over the records, and never the records.",
    };

    /// <summary>The options.</summary>
    public IReadOnlyList<Option> All =>
        [activities, from, until, purposes, reads, place, retention, backups, withdrawal, featuresOnly];

    /// <summary>The limits, or null where none was given.</summary>
    public GrantLimits? Read(Session session)
    {
        GrantLimits limits = new()
        {
            FromUnixMs = session.Get(from) is { } first ? Times.ReadBeginning(first) : 0,
            UntilUnixMs = session.Get(until) is { } last ? Times.Read(last) : 0,
            ReadsMax = session.Get(reads),
            Place = session.Get(place) ?? string.Empty,
            RetentionDays = session.Get(retention),
            Backups = session.Get(backups),
            WithdrawalDays = session.Get(withdrawal),
            FeaturesOnly = session.Get(featuresOnly),
        };
        limits.Activities.AddRange(InOrder(session.Get(activities)));
        limits.Purposes.AddRange(InOrder(session.Get(purposes)));
        if (limits.Equals(new GrantLimits()))
        {
            return null;
        }

        return LimitsForm.IsRight(limits)
            ? limits
            : throw CommandException.WrongUse(
                "The limits are not as they must be: activities are IRIs, purposes and places labels such as "
                + "advice-2027, and the first event is before the last.");
    }

    private static IEnumerable<string> InOrder(string[]? texts) =>
        (texts ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
