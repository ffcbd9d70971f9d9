using System.CommandLine;
using Google.Protobuf;
using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Ledger.Contracts.Verbs;
using Ledger.Primitives;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.CommandLine.Commands;

/// <summary>Asks all learners of a class in one signed batch.</summary>
internal static class RequestClassCommand
{
    /// <summary>
    /// Learners of a file: larger than any class, and bounded by what an institution may ask at once.
    /// </summary>
    private const int LearnersMax = Ledger.Contracts.LearnerProvider.LlpcLimits.OpenRequestsMax;

    public static Command Create(CommandHost host)
    {
        Option<string> learners = new("--learners")
        {
            Description = "File with one address a line; # begins a comment.", HelpName = "FILE", Required = true,
        };
        Argument<string[]> verbs = new("VERB")
        {
            Description = "IRIs, codes or labels.", Arity = ArgumentArity.OneOrMore,
        };
        Option<string> rights = new("--rights")
        {
            Description = "Some of read, write, grant-read, grant-write, with commas.",
            DefaultValueFactory = static _ => "read",
        };
        Option<string?> institution = new("--for")
        {
            Description = "The institution in whose name you, of its staff, ask.", HelpName = "ADDRESS|DOMAIN",
        };
        return host.Verb(
            "request-class",
            "Asks all learners of a class for rights, in one signed batch. What became of it: ledger access answers",
            "ledger access request-class --learners class.txt passed completed",
            [learners, verbs, rights, institution],
            async (session, cancellation) =>
            {
                string[] lines = await File.ReadAllLinesAsync(session.Required(learners), cancellation)
                    .ConfigureAwait(false);
                Rights asked = RightsText.Read(session.Required(rights));
                string[] iris =
                    [.. session.Required(verbs).Select(VerbResolver.Resolve).Distinct(StringComparer.Ordinal)];
                (Address Learner, string Verb)[] targets =
                    [.. ReadLearners(session, lines).SelectMany(learner => iris.Select(verb => (learner, verb)))];
                ByteString school = session.Get(institution) is { } named
                    ? ByteString.CopyFrom((await Parties.ReadInstitutionAsync(session, named, cancellation)
                        .ConfigureAwait(false)).ToArray())
                    : ByteString.Empty;
                return await SendAsync(session, targets, asked, school, cancellation).ConfigureAwait(false);
            });
    }

    private static List<Address> ReadLearners(Session session, string[] lines)
    {
        List<Address> learners =
        [
            .. lines.Select(static line => line.Split('#')[0].Trim())
                .Where(static line => line.Length > 0)
                .Select(line => Parties.Read(session, line))
                .Distinct(),
        ];
        return learners.Count is > 0 and <= LearnersMax
            ? learners
            : throw CommandException.WrongUse(
                $"The file names {learners.Count} learners; 1 to {LearnersMax} can be asked.");
    }

    private static async Task<Answer> SendAsync(
        Session session,
        (Address Learner, string Verb)[] targets,
        Rights asked,
        ByteString institution,
        CancellationToken cancellation)
    {
        IReadOnlyList<PendingTransaction> transactions = TransactionBatches.Of(
            session.ChainId,
            TransactionBuilder.LastValidFor(session.Time.GetUtcNow()),
            session.Identity,
            targets.Select(target =>
            {
                Operation request = Operations.LlpcRequest(target.Learner, target.Verb, asked, []);
                request.LlpcRequest.Institution = institution;
                return request;
            }));
        List<object?[]> rows = [];
        bool undecided = false;
        int place = 0;
        int accepted = 0;
        foreach (PendingTransaction transaction in transactions)
        {
            Outcome outcome = await session.OpenClient.SubmitAsync(
                transaction.ToSignedBytes(), wait: true, cancellation).ConfigureAwait(false);
            undecided |= outcome.State != OutcomeState.Decided;
            for (int group = 0; group < transaction.Body.Groups.Count; group++, place++)
            {
                OperationResult? result = outcome.Operations.FirstOrDefault(one => one.Group == group)?.Result;
                accepted += result?.Code == ResultCode.Accepted ? 1 : 0;
                rows.Add(
                [
                    targets[place].Learner.ToString(),
                    VerbTable.Standard.Format(targets[place].Verb),
                    result is null ? Names.Of(outcome.State) : Names.Of(result.Code),
                    result is { Number: > 0 } ? result.Number : null,
                ]);
            }
        }

        return new Answer()
            .Field("transactions", transactions.Count)
            .Field("asked", accepted)
            .Table("requests", ["learner", "verb", "result", "request"], rows)
            .With(undecided ? ExitCode.Undecided : accepted == rows.Count ? ExitCode.Done : ExitCode.Refused);
    }
}
