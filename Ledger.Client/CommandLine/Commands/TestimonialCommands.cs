using System.CommandLine;
using System.Globalization;
using Ledger.Client.Institutions;
using Ledger.Client.Nodes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>What staff testify about learners.</summary>
internal static class TestimonialCommands
{
    public static Command Create(CommandHost host) => CommandHost.Group(
        "testimonials",
        "What staff of institutions testify about learners.",
        "ledger learner testimonials list me",
        Issue(host),
        List(host),
        Check(host),
        Withdraw(host));

    private static Command Issue(CommandHost host)
    {
        Argument<string> learner = new("LEARNER") { Description = "The learner's address." };
        Option<string> institution = new("--institution")
        {
            Description = "For which institution (address or domain).", Required = true,
        };
        Option<string> text = new("--text")
        {
            Description = "A file with what you testify.", HelpName = "FILE", Required = true,
        };
        Option<string> target = new("--out")
        {
            Description = "The file for the learner, with the salt that opens it.", HelpName = "FILE", Required = true,
        };
        Option<string?> dated = new("--dated") { Description = "Its date; else now.", HelpName = "TIME" };
        Option<string> uri = new("--uri")
        {
            Description = "Where the file is open to all; without it the testimonial is confidential.",
            DefaultValueFactory = static _ => string.Empty,
        };
        return host.Verb(
            "issue",
            "Testifies, as staff of an institution. The ledger gets a commitment; the file is for the learner.",
            $"ledger learner testimonials issue {new string('a', 64)} --institution north.example --text text.txt "
            + "--out testimonial.json",
            [learner, institution, text, target, dated, uri],
            async (session, cancellation) =>
            {
                Address school = await Parties.ReadInstitutionAsync(
                    session, session.Required(institution), cancellation).ConfigureAwait(false);
                TestimonialFile file = TestimonialFile.Create(
                    Parties.Read(session, session.Required(learner)),
                    school,
                    session.Get(dated) is { } date
                        ? Times.ReadBeginning(date)
                        : session.Time.GetUtcNow().ToUnixTimeMilliseconds() - ClockMs,
                    await File.ReadAllTextAsync(session.Required(text), cancellation).ConfigureAwait(false));

                // The salt is written first: without it nobody could ever open what the ledger holds.
                file.Write(session.Required(target));
                Answer answer = await TransactionSender.SendAsync(session, cancellation, Operations.TestimonialIssue(
                    file.Learner, school, file.DatedUnixMs, file.Commitment, session.Required(uri)))
                    .ConfigureAwait(false);
                return answer.Field("file", session.Required(target))
                    .Note("Give the file to the learner: it alone opens what the ledger holds.");
            });
    }

    // A block's time may be behind this machine's clock, and nobody testifies from the future.
    private const long ClockMs = 10_000;

    private static Command List(CommandHost host)
    {
        Argument<string> who = new("LEARNER")
        {
            Description = "The learner's address, or me.", DefaultValueFactory = static _ => "me",
        };
        return host.Verb(
            "list",
            "Lists the testimonials about a learner, withdrawn ones too.",
            "ledger learner testimonials list me",
            [who],
            async (session, cancellation) =>
            {
                Address learner = Parties.Read(session, session.Required(who));
                List<object?[]> rows = [];
                await foreach (StateItem<Testimonial> item in ListAsync(session, learner, cancellation)
                    .ConfigureAwait(false))
                {
                    rows.Add(
                    [
                        new Address(item.Part(1)).ToString(),
                        item.Number,
                        Times.Show(item.Value.DatedUnixMs),
                        Parties.Show(item.Value.Staff),
                        item.Value.Uri.Length == 0 ? "confidential" : item.Value.Uri,
                        item.Value.Interval.ToHeight == 0 ? "in force" : "withdrawn",
                        Convert.ToHexStringLower(item.Value.Commitment.Span),
                    ]);
                }

                return new Answer().Table(
                    "testimonials",
                    ["institution", "number", "dated", "staff", "where", "state", "commitment"],
                    rows);
            });
    }

    private static Command Check(CommandHost host)
    {
        Argument<string> path = new("FILE") { Description = "The file that the learner shows." };
        return host.Verb(
            "check",
            "Compares a testimonial's file with the ledger.",
            "ledger learner testimonials check testimonial.json",
            [path],
            async (session, cancellation) =>
            {
                TestimonialFile file = TestimonialFile.Read(session.Required(path));
                await foreach (StateItem<Testimonial> item in ListAsync(session, file.Learner, cancellation)
                    .ConfigureAwait(false))
                {
                    if (IsOf(item, file))
                    {
                        return Describe(item, file);
                    }
                }

                throw new CommandException(
                    ExitCode.NotVerified,
                    "The ledger holds no such testimonial: its text, date or learner is another.");
            });
    }

    private static Command Withdraw(CommandHost host)
    {
        Argument<string> learner = new("LEARNER") { Description = "The learner's address, or me." };
        Argument<ulong> number = new("NUMBER") { Description = "Its number: see ledger learner testimonials list." };
        Option<string> institution = new("--institution")
        {
            Description = "For which institution it was issued (address or domain).", Required = true,
        };
        return host.Verb(
            "withdraw",
            "Takes a testimonial back: as its issuer, its institution or the learner.",
            "ledger learner testimonials withdraw me 1 --institution north.example",
            [learner, number, institution],
            async (session, cancellation) =>
            {
                Address school = await Parties.ReadInstitutionAsync(
                    session, session.Required(institution), cancellation).ConfigureAwait(false);
                return await TransactionSender.SendAsync(session, cancellation, Operations.TestimonialWithdraw(
                    Parties.Read(session, session.Required(learner)), school, session.Required(number)))
                    .ConfigureAwait(false);
            });
    }

    private static IAsyncEnumerable<StateItem<Testimonial>> ListAsync(
        Session session, Address learner, CancellationToken cancellation) => session.Client.ListInstancesAsync(
            StateKeys.Prefix(StateKind.Testimonial, learner), Testimonial.Parser, cancellation);

    private static bool IsOf(StateItem<Testimonial> item, TestimonialFile file) =>
        item.Part(1) == file.Institution.Value
        && item.Value.DatedUnixMs == file.DatedUnixMs
        && item.Value.Commitment.Span.SequenceEqual(file.Commitment.ToArray());

    private static Answer Describe(StateItem<Testimonial> item, TestimonialFile file)
    {
        bool isWithdrawn = item.Value.Interval.ToHeight != 0;
        return new Answer()
            .Field("learner", file.Learner.ToString())
            .Field("institution", file.Institution.ToString())
            .Field("staff", Parties.Show(item.Value.Staff))
            .Field("dated", Times.Show(file.DatedUnixMs))
            .Field("number", item.Number.ToString(CultureInfo.InvariantCulture))
            .Field("state", isWithdrawn ? "withdrawn" : "in force")
            .Field("text", file.Text)
            .With(isWithdrawn ? ExitCode.NotVerified : ExitCode.Done);
    }
}
