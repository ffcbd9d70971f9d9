using System.CommandLine;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;

namespace Ledger.CommandLine.Commands;

/// <summary>Makes an approved change the set of validators.</summary>
internal static class MemberActivateCommand
{
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    public static Command Create(CommandHost host)
    {
        Argument<ulong> change = new("CHANGE") { Description = "Its number: see ledger member changes." };
        Option<int> wait = new("--wait")
        {
            Description = "Seconds to wait until enough validators of the new set are ready.",
            HelpName = "SECONDS",
            DefaultValueFactory = static _ => 0,
        };
        return host.Verb(
            "activate",
            "Gathers the signatures of those who are ready for an approved change, hands them in, and waits for the "
                + "block that ends the epoch. Any member can do it. Exit code 5 when too few are ready.",
            "ledger member activate 3 --wait 60",
            [change, wait],
            async (session, cancellation) =>
            {
                ulong number = session.Required(change);
                DateTimeOffset end = session.Time.GetUtcNow().AddSeconds(session.Get(wait));
                ActivationPreparation ready = await session.Client.PrepareActivationAsync(number, cancellation)
                    .ConfigureAwait(false);
                while (!IsEnough(ready) && session.Time.GetUtcNow() < end)
                {
                    await Task.Delay(AskAgain, session.Time, cancellation).ConfigureAwait(false);
                    ready = await session.Client.PrepareActivationAsync(number, cancellation).ConfigureAwait(false);
                }

                return IsEnough(ready)
                    ? await SendAsync(session, ready, cancellation).ConfigureAwait(false)
                    : TooFew(ready);
            });
    }

    private static bool IsEnough(ActivationPreparation ready) => ready.Call.Ready.Count >= ready.Needed;

    private static async Task<Answer> SendAsync(
        Session session, ActivationPreparation ready, CancellationToken cancellation)
    {
        (Answer answer, OperationResult? result) = await TransactionSender.SendOneAsync(
            session, new Operation { SeatActivate = ready.Call }, cancellation).ConfigureAwait(false);
        if (result is not { Code: ResultCode.Accepted })
        {
            return Report(answer, ready);
        }

        NodeStatus status = await session.OpenClient.GetStatusAsync(cancellation).ConfigureAwait(false);
        return Report(answer.Field("epoch", result.Number).Field("validators", status.Validators), ready)
            .Note("The new set decides from the next block on.");
    }

    private static Answer TooFew(ActivationPreparation ready)
    {
        Answer answer = Report(
            new Answer().Field("ready", ready.Call.Ready.Count).Field("needed", ready.Needed), ready);
        foreach (ReadyView missing in ready.Validators.Where(static one => !one.Ready))
        {
            answer.Note($"{missing.Name} {missing.Why}.");
        }

        return answer
            .Note("Nothing was handed in. Ask again when they are ready, or add --wait SECONDS.")
            .With(ExitCode.Undecided);
    }

    private static Answer Report(Answer answer, ActivationPreparation ready) => answer.Table(
        "new set",
        ["name", "ready", "height", "why not"],
        ready.Validators.Select(static one => new object?[]
        {
            one.Name, one.Ready, one.Height == 0 ? null : one.Height, one.Why.Length == 0 ? null : one.Why,
        }));
}
