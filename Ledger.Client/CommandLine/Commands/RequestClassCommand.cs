using System.CommandLine;
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
        RequestOptions options = new();
        return host.Verb(
            "request-class",
            "Asks all learners of a class for rights, in one signed batch. What became of it: ledger access answers",
            "ledger access request-class --learners class.txt --policy 3 --purpose \"Advice\" passed failed",
            [learners, verbs, .. options.Symbols],
            async (session, cancellation) =>
            {
                string[] lines = await File.ReadAllLinesAsync(session.Required(learners), cancellation)
                    .ConfigureAwait(false);
                string[] iris =
                    [.. session.Required(verbs).Select(VerbResolver.Resolve).Distinct(StringComparer.Ordinal)];
                (Address Learner, string Verb)[] targets =
                    [.. ReadLearners(session, lines).SelectMany(learner => iris.Select(verb => (learner, verb)))];
                RequestTerms terms = await options.ReadAsync(session, cancellation).ConfigureAwait(false);
                IReadOnlyList<Operation> requests = await terms.MakeAsync(session, targets, cancellation)
                    .ConfigureAwait(false);
                return await SendAsync(session, targets, requests, cancellation).ConfigureAwait(false);
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
        IReadOnlyList<Operation> requests,
        CancellationToken cancellation)
    {
        IReadOnlyList<PendingTransaction> transactions = TransactionBatches.Of(
            session.ChainId,
            TransactionBuilder.LastValidFor(session.Time.GetUtcNow()),
            session.Identity,
            requests);
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
