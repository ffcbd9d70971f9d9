using Ledger.Client.Protos;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Execution;
using Ledger.Contracts.Protos;
using Outcome = Ledger.Client.Protos.Outcome;

namespace Ledger.CommandLine.Hosting;

/// <summary>Signs, hands in, waits, and tells what became of it.</summary>
internal static class TransactionSender
{
    /// <summary>One group by the profile's key.</summary>
    public static Task<Answer> SendAsync(Session session, CancellationToken cancellation, params Operation[] operations)
    {
        PendingTransaction transaction = TransactionBuilder.Signed(
            session.ChainId,
            TransactionBuilder.LastValidFor(session.Time.GetUtcNow()),
            session.Identity.Address,
            session.Identity.Key,
            operations);
        return SendAsync(session, transaction, cancellation);
    }

    /// <summary>One operation by the profile's key, and its result once it is decided.</summary>
    public static async Task<(Answer Answer, OperationResult? Result)> SendOneAsync(
        Session session, Operation operation, CancellationToken cancellation)
    {
        PendingTransaction transaction = TransactionBuilder.Signed(
            session.ChainId,
            TransactionBuilder.LastValidFor(session.Time.GetUtcNow()),
            session.Identity.Address,
            session.Identity.Key,
            operation);
        Outcome outcome = await session.OpenClient.SubmitAsync(
            transaction.ToSignedBytes(), wait: true, cancellation).ConfigureAwait(false);
        OperationResult? result = outcome.State == OutcomeState.Decided && outcome.Operations.Count == 1
            ? outcome.Operations[0].Result
            : null;
        return (Describe(transaction.Id.ToString(), outcome), result);
    }

    /// <summary>A transaction that every signer has signed.</summary>
    public static async Task<Answer> SendAsync(
        Session session, PendingTransaction transaction, CancellationToken cancellation)
    {
        Outcome outcome = await session.OpenClient.SubmitAsync(
            transaction.ToSignedBytes(), wait: true, cancellation).ConfigureAwait(false);
        return Describe(transaction.Id.ToString(), outcome);
    }

    /// <summary>An outcome as an answer.</summary>
    public static Answer Describe(string transactionId, Outcome outcome)
    {
        Answer answer = new Answer()
            .Field("transaction", transactionId)
            .Field("state", Names.Of(outcome.State));
        switch (outcome.State)
        {
            case OutcomeState.Decided:
                return DescribeDecided(answer, outcome);
            case OutcomeState.Refused:
                return answer.Field("refusal", outcome.Refusal).Note(outcome.Detail).With(ExitCode.Refused);
            case OutcomeState.Expired:
                return answer.Note("It was not decided in its time and never will be. Run the command again.")
                    .With(ExitCode.Refused);
            case OutcomeState.Unspecified or OutcomeState.Pending or OutcomeState.Unknown:
                return answer.Note($"It is not decided yet. Ask again with: ledger tx show {transactionId}")
                    .With(ExitCode.Undecided);
            default:
                throw new CommandException(ExitCode.NotVerified, "The node answered with a state that does not exist.");
        }
    }

    private static Answer DescribeDecided(Answer answer, Outcome outcome)
    {
        answer.Field("height", outcome.Height).Table(
            "operations",
            ["group", "operation", "result", "number", "index"],
            outcome.Operations.Select(static one => new object?[]
            {
                one.Group,
                one.Operation,
                Names.Of(one.Result?.Code ?? ResultCode.Unspecified),
                one.Result is { Number: > 0 } ? one.Result.Number : null,
                one.Result is { Code: ResultCode.AlreadyAnchored or ResultCode.Conflict } ? one.Result.Index : null,
            }));
        OperationOutcome? refused = outcome.Operations.FirstOrDefault(
            static one => one.Result?.Code is not (ResultCode.Accepted or ResultCode.GroupRefused));
        return refused is null
            ? answer
            : answer.Note(ResultCodeText.Of(refused.Result?.Code ?? ResultCode.Unspecified)).With(ExitCode.Refused);
    }
}
