using System.CommandLine;
using System.Globalization;
using Ledger.Client.Nodes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Execution;
using Ledger.Contracts.LearnerProvider;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>What happened, from any height on.</summary>
internal static class EventsCommand
{
    /// <summary>As many as a page of anything else.</summary>
    private const int CountUsual = 500;

    /// <summary>How long a node may be away before following it ends.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static Command Create(CommandHost host)
    {
        Option<string> from = new("--from")
        {
            Description = "The first height; or HEIGHT:PLACE, as an earlier run named what comes next.",
            HelpName = "HEIGHT",
            DefaultValueFactory = static _ => "1",
        };
        Option<string?> learner = new("--learner")
        {
            Description = "Only what concerns this learner.", HelpName = "ADDRESS",
        };
        Option<string?> institution = new("--institution")
        {
            Description = "Only what this institution did, or what was done to or for it.", HelpName = "ADDRESS",
        };
        Option<string?> verb = new("--verb")
        {
            Description = "Only records, requests and grants of this verb: IRI, code or label.", HelpName = "VERB",
        };
        Option<string[]> kinds = new("--kind")
        {
            Description = "Only these kinds, such as access-granted.", HelpName = "KIND",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int> count = new("--count")
        {
            Description = "How many; with --follow 0 means without end.", DefaultValueFactory = static _ => CountUsual,
        };
        Option<bool> follow = new("--follow")
        {
            Description = "Write each as it comes, one line each, until interrupted.",
        };
        return host.Verb(
            "events",
            "Shows what happened, block after block: who did what to whom. A member may ask about everybody.",
            "ledger chain events --from 120 --kind access-granted access-revoked --follow",
            [from, learner, institution, verb, kinds, count, follow],
            async (session, cancellation) =>
            {
                EventQuestion question = new(
                    await ReadAsync(session, session.Get(learner), cancellation).ConfigureAwait(false),
                    await ReadAsync(session, session.Get(institution), cancellation).ConfigureAwait(false),
                    [.. (session.Get(kinds) ?? []).Select(EventKinds.Read)])
                {
                    Verb = session.Get(verb) is { } named ? VerbResolver.Resolve(named) : null,
                };
                if (!EventPosition.TryParse(session.Get(from)!, out EventPosition position))
                {
                    throw CommandException.WrongUse("--from is a height such as 120, or a position such as 120:3.");
                }

                EventFollower follower = new(session.Client, question, position, Patience, session.Time);
                return session.Get(follow)
                    ? await FollowAsync(session, follower, session.Get(count), cancellation).ConfigureAwait(false)
                    : await ListAsync(follower, session.Get(count), cancellation).ConfigureAwait(false);
            });
    }

    private static async Task<Answer> ListAsync(EventFollower follower, int count, CancellationToken cancellation)
    {
        List<object?[]> rows = [];
        await foreach (ToldEvent told in follower.ReadAsync(follow: false, cancellation).ConfigureAwait(false))
        {
            rows.Add(RowOf(told));
            if (rows.Count == count)
            {
                break;
            }
        }

        return new Answer()
            .Field("next", follower.Next.ToString())
            .Table("events", EventColumns, rows);
    }

    private static async Task<Answer> FollowAsync(
        Session session, EventFollower follower, int count, CancellationToken cancellation)
    {
        int shown = 0;
        try
        {
            await foreach (ToldEvent told in follower.ReadAsync(follow: true, cancellation).ConfigureAwait(false))
            {
                session.WriteRow(EventColumns, RowOf(told));
                if (++shown == count)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Whoever follows ends it so: what was shown is whole, and what comes next is named.
        }
        catch (LedgerClientException) when (cancellation.IsCancellationRequested)
        {
        }

        return new Answer().Field("shown", shown).Field("next", follower.Next.ToString());
    }

    private static string[] EventColumns { get; } =
        ["position", "time", "event", "actor", "learner", "verb", "subject", "number", "rights", "transaction"];

    private static object?[] RowOf(ToldEvent told) =>
    [
        told.Position.ToString(),
        Times.Show(told.TimeUnixMs),
        EventKinds.NameOf(told.Event.Kind),
        told.Event.Actor?.ToString(),
        told.Event.Learner?.ToString(),
        told.Event.Verb is { } verb ? VerbTable.Standard.Format(verb) : null,
        told.Event.Subject?.ToString(),
        told.Event.Number,
        told.Event.Rights == AccessBits.None ? null : OperationText.Describe(told.Event.Rights.ToMessage()),
        told.Event.Place is { } place
            ? string.Create(CultureInfo.InvariantCulture, $"{place.TransactionId} {place.Group}.{place.Operation}")
            : null,
    ];

    private static async Task<Address?> ReadAsync(Session session, string? text, CancellationToken cancellation) =>
        text is null
            ? null
            : await Parties.ReadInstitutionAsync(session, text, cancellation).ConfigureAwait(false);
}
