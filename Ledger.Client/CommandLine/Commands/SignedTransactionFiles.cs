using Google.Protobuf;
using Ledger.Client.Nodes;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Contracts.State;
using Ledger.Contracts.Transactions;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Transaction files on their way between signers.</summary>
internal static class SignedTransactionFiles
{
    /// <summary>
    /// Adds the profile's signature; hands the transaction in when it is the last one and the time has come.
    /// </summary>
    public static async Task<Answer> SignAsync(Session session, string path, CancellationToken cancellation)
    {
        PendingTransaction transaction = Read(session, path);
        if (!transaction.AddSignature(session.Identity.Key))
        {
            throw CommandException.WrongUse($"{path} does not ask for the signature of this profile's key.");
        }

        TransactionFile.Write(path, transaction, overwrite: true);
        return transaction.IsComplete
            ? await SubmitAsync(session, path, transaction, cancellation).ConfigureAwait(false)
            : Describe(transaction).With(ExitCode.Undecided);
    }

    /// <summary>Hands in a file that every signer has signed.</summary>
    public static Task<Answer> SubmitAsync(Session session, string path, CancellationToken cancellation) =>
        SubmitAsync(session, path, Read(session, path), cancellation);

    /// <summary>What a transaction asks for, in words.</summary>
    public static Answer Describe(PendingTransaction transaction) => new Answer()
        .Field("transaction", transaction.Id.ToString())
        .Field("missing signatures", transaction.MissingSigners.Count())
        .Field("hand in from", Time(transaction.Body.LastValidUnixMs - TransactionLimits.ValidityMs))
        .Field("hand in until", Time(transaction.Body.LastValidUnixMs))
        .Table("operations", ["group", "asks to"], transaction.Body.Groups.SelectMany(
            static (group, place) => group.Operations.Select(
                operation => new object?[] { place, OperationText.Describe(operation) })));

    /// <summary>A party's current public key, as the node knows it.</summary>
    public static async Task<PublicKeyBytes> FindKeyAsync(
        Session session, Address party, CancellationToken cancellation)
    {
        return await AskAsync(async () =>
                (await session.Client.GetLearnerAsync(party, cancellation).ConfigureAwait(false)).PublicKey)
                .ConfigureAwait(false)
            ?? await AskAsync(async () =>
                (await session.Client.GetInstitutionAsync(party, cancellation).ConfigureAwait(false)).PublicKey)
                .ConfigureAwait(false)
            ?? await AskAsync(() => OpenKeyAsync(session, party, cancellation)).ConfigureAwait(false)
            ?? throw new CommandException(
                ExitCode.Refused,
                $"Your node tells no public key of {party}. If it is new to the ledger, ask its holder, who runs: "
                + "ledger key show FILE. Then give it as an option.");
    }

    // Whoever is neither learner nor institution, such as staff, has its keys in the state alone.
    private static async Task<ByteString> OpenKeyAsync(
        Session session, Address party, CancellationToken cancellation)
    {
        await foreach (StateItem<KeyInstance> item in session.Client.ListInstancesAsync(
            StateKeys.Prefix(StateKind.SigningKey, party), KeyInstance.Parser, cancellation).ConfigureAwait(false))
        {
            if (item.Value.Interval.ToHeight == 0)
            {
                return item.Value.PublicKey;
            }
        }

        return ByteString.Empty;
    }

    // Null where the node has nothing to say of the party, or not to this caller.
    private static async Task<PublicKeyBytes?> AskAsync(Func<Task<ByteString>> ask)
    {
        try
        {
            return PublicKeyBytes.TryRead((await ask().ConfigureAwait(false)).Span, out PublicKeyBytes key)
                ? key
                : null;
        }
        catch (LedgerClientException failure) when (failure.Kind == ClientFailure.Refused)
        {
            return null;
        }
    }

    private static PendingTransaction Read(Session session, string path)
    {
        PendingTransaction transaction = TransactionFile.Read(path);
        return transaction.ChainId == session.ChainId
            ? transaction
            : throw CommandException.WrongUse($"{path} is for another chain than the profile's.");
    }

    private static async Task<Answer> SubmitAsync(
        Session session, string path, PendingTransaction transaction, CancellationToken cancellation)
    {
        if (!transaction.IsComplete)
        {
            throw CommandException.WrongUse($"{path} still lacks a signature.");
        }

        long now = session.Time.GetUtcNow().ToUnixTimeMilliseconds();
        if (now < transaction.Body.LastValidUnixMs - TransactionLimits.ValidityMs)
        {
            return Describe(transaction)
                .Note($"It is too early. Hand it in at the time given: ledger tx submit {path}")
                .With(ExitCode.Undecided);
        }

        return await TransactionSender.SendAsync(session, transaction, cancellation).ConfigureAwait(false);
    }

    private static string Time(long unixMs) => Times.Show(unixMs);
}
