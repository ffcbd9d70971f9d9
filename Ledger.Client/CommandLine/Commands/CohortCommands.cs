using System.CommandLine;
using Ledger.Client.Cohorts;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Verification;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Counts over the learners of several institutions, of which no record moves.</summary>
internal static class CohortCommands
{
    public static Command Create(CommandHost host) => CommandHost.Noun(
        "cohort", "Counts over learners of several institutions together, never of a few.", Count(host));

    private static Command Count(CommandHost host)
    {
        Argument<string> verb = new("VERB") { Description = "IRI, code or label." };
        Option<string[]> from = new("--from")
        {
            Description = "An institution to ask; may be repeated.", HelpName = "ADDRESS|DOMAIN", Required = true,
        };
        Option<string> purpose = new("--purpose")
        {
            Description = "What for; the institutions keep it with the question.", HelpName = "TEXT", Required = true,
        };
        Option<string?> first = new("--events-from")
        {
            Description = "Only records of events from this day on.", HelpName = "DATE",
        };
        Option<string?> last = new("--events-until")
        {
            Description = "Only records of events up to this day.", HelpName = "DATE",
        };
        Option<string[]> activities = new("--activity")
        {
            Description = "About this activity, or in its context; may be repeated.", HelpName = "IRI",
        };
        Option<int> least = new("--learners-min")
        {
            Description = "Show no sum of fewer learners.", HelpName = "COUNT",
            DefaultValueFactory = static _ => CohortLimits.LearnersMinUsual,
        };
        Option<string?> genesis = VerifyCommand.GenesisOption();
        Option<string?> checkpoint = VerifyCommand.CheckpointOption();
        return host.Verb(
            "count",
            "Counts learners and records of a verb at several institutions; each counts its own, none tells of a few.",
            "ledger cohort count passed --from kyoto-u.example --from akita.example --purpose \"retention study\"",
            [verb, from, purpose, first, last, activities, least, genesis, checkpoint],
            async (session, cancellation) =>
            {
                TrustRoot trust = session.OpenTrust(session.Get(checkpoint), session.Get(genesis));
                CohortQuestion question = new()
                {
                    Verb = VerbResolver.Resolve(session.Required(verb)),
                    FromDay = session.Get(first) is { } begin ? DayOf(begin) : 0,
                    UntilDay = session.Get(last) is { } end ? DayOf(end) + 1 : 0,
                };
                if (question is { FromDay: > 0, UntilDay: 0 })
                {
                    question.UntilDay = CohortLimits.DayMax;
                }

                question.Activities.AddRange((session.Get(activities) ?? [])
                    .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
                List<(Address Box, CohortBody? Answer, string? Refusal)> answers = [];
                foreach (string institution in session.Required(from).Distinct(StringComparer.Ordinal))
                {
                    Address box = await Parties.ReadInstitutionAsync(session, institution, cancellation)
                        .ConfigureAwait(false);
                    answers.Add(await AskAsync(
                        session, trust, box, session.Required(purpose), question, cancellation)
                        .ConfigureAwait(false));
                }

                return Describe(answers, session.Get(least));
            });
    }

    /// <summary>
    /// A day since 1970-01-01 UTC. Days alone: an hour would tell of a lesson, and so of a class.
    /// </summary>
    internal static long DayOf(string text) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture,
        System.Globalization.DateTimeStyles.None, out DateOnly day)
            ? day.DayNumber - new DateOnly(1970, 1, 1).DayNumber
            : throw CommandException.WrongUse($"'{text}' is no day. Counts are by whole days, such as 2027-04-01.");

    private static async Task<(Address Box, CohortBody? Answer, string? Refusal)> AskAsync(
        Session session,
        TrustRoot trust,
        Address box,
        string purpose,
        CohortQuestion question,
        CancellationToken cancellation)
    {
        using NamedBox named = await NamedBox.OpenAsync(session, trust, box, box: null, cancellation)
            .ConfigureAwait(false);
        CohortAsker asker = new(session.Identity, session.ChainId, session.Time);
        CohortRequest request = asker.Sign(box, purpose, question);
        try
        {
            CohortAnswer answer =
                await named.Client.CountCohortAsync(request, cancellation).ConfigureAwait(false);
            return (box, asker.Check(box, request, answer, named.Key), null);
        }
        catch (LedgerClientException problem) when (problem.Kind == ClientFailure.Refused)
        {
            // One that refuses is named, and the others are asked: it is no part of the sum.
            return (box, null, problem.Message);
        }
    }

    private static Answer Describe(
        IReadOnlyList<(Address Box, CohortBody? Answer, string? Refusal)> answers, int learnersMin)
    {
        CohortSum sum = CohortSum.Of([.. answers.Select(static one => one.Answer).OfType<CohortBody>()], learnersMin);
        Answer answer = new Answer()
            .Field("learners", sum.Learners is { } learners ? (ulong)learners : null)
            .Field("records", sum.Records is { } records ? (ulong)records : null)
            .Table(
                "institutions",
                ["institution", "learners", "records", "height", "refusal"],
                answers.Select(static one => new object?[]
                {
                    one.Box.ToString(), one.Answer?.Learners, one.Answer?.Records, one.Answer?.Height, one.Refusal,
                }))
            .Note("Numbers are the institutions' word. Who is enrolled at two of them counts twice.");
        return answers.All(static one => one.Answer is not null) && sum.Learners is not null
            ? answer
            : answer.Note("Who refused is no part of the sum.").With(ExitCode.Refused);
    }
}
