using System.CommandLine;
using System.Globalization;
using Google.Protobuf;
using Ledger.Client.Keys;
using Ledger.Client.Nodes;
using Ledger.Client.Protos;
using Ledger.Client.Records;
using Ledger.Client.Transactions;
using Ledger.CommandLine.Hosting;
using Ledger.CommandLine.Output;
using Ledger.Contracts.Protos;
using Ledger.Primitives;

namespace Ledger.CommandLine.Commands;

/// <summary>Gives a record its score: sealed, or in clear with the learner's signature.</summary>
internal static class ScoreCommand
{
    /// <summary>The ledger counts in ten-thousandths.</summary>
    private const decimal Parts = 10_000;

    public static Command Create(CommandHost host)
    {
        Argument<string> learner = new("LEARNER") { Description = "The learner's address." };
        Argument<string> verb = new("VERB") { Description = "IRI, code or label." };
        Argument<ulong> index = new("INDEX") { Description = "The record's place among yours." };
        Option<string> raw = new("--raw") { Description = "The score.", HelpName = "NUMBER", Required = true };
        Option<string> min = new("--min")
        {
            Description = "The smallest possible.", HelpName = "NUMBER", DefaultValueFactory = static _ => "0",
        };
        Option<string> max = new("--max")
        {
            Description = "The largest possible.", HelpName = "NUMBER", Required = true,
        };
        Option<bool?> success = new("--success") { Description = "Whether it was passed: true or false." };
        Option<bool?> completion = new("--completion") { Description = "Whether it was completed: true or false." };
        Option<string?> opening = new("--opening")
        {
            Description = "Seal it, and write here what shows it.", HelpName = "FILE",
        };
        Option<string?> prepare = new("--public")
        {
            Description = "In clear: write a transaction for the learner to sign.", HelpName = "FILE",
        };
        return host.Verb(
            "score",
            "Gives a record that you wrote its score; only its commitment stands on the ledger, unless --public.",
            "ledger record score 3f2a… passed 0 --raw 8.5 --max 10 --success true --opening quiz.score",
            [learner, verb, index, raw, min, max, success, completion, opening, prepare],
            async (session, cancellation) =>
            {
                PublicScore score = new()
                {
                    Raw = ReadScore(session.Required(raw)),
                    Min = ReadScore(session.Required(min)),
                    Max = ReadScore(session.Required(max)),
                };
                if (session.Get(success) is { } passed)
                {
                    score.Success = passed;
                }

                if (session.Get(completion) is { } completed)
                {
                    score.Completion = completed;
                }

                Address owner = Parties.Read(session, session.Required(learner));
                string iri = VerbResolver.Resolve(session.Required(verb));
                return (session.Get(opening), session.Get(prepare)) switch
                {
                    ({ } file, null) => await SealAsync(
                        session, owner, iri, session.Required(index), score, file, cancellation).ConfigureAwait(false),
                    (null, { } file) => await PrepareAsync(
                        session, owner, iri, session.Required(index), score, file, cancellation).ConfigureAwait(false),
                    _ => throw CommandException.WrongUse("Seal the score with --opening FILE, or give --public FILE."),
                };
            });
    }

    // The file is written first: a score whose salt is lost shows nothing.
    private static async Task<Answer> SealAsync(
        Session session,
        Address learner,
        string verb,
        ulong index,
        PublicScore score,
        string file,
        CancellationToken cancellation)
    {
        if (score.Raw < score.Min || score.Raw > score.Max)
        {
            throw CommandException.WrongUse("The score lies outside its smallest and largest value.");
        }

        ScoreOpening opening = SealedScore.Open(score);
        AtomicFile.Write(file, opening.ToByteArray(), overwrite: false);
        return (await TransactionSender.SendAsync(
            session,
            cancellation,
            Operations.LlpcScore(learner, verb, index, SealedScore.CommitmentOf(opening))).ConfigureAwait(false))
            .Field("file", file);
    }

    private static async Task<Answer> PrepareAsync(
        Session session,
        Address learner,
        string verb,
        ulong index,
        PublicScore score,
        string file,
        CancellationToken cancellation)
    {
        CallerIdentity me = session.Identity;
        PublicKeyBytes key = await SignedTransactionFiles.FindKeyAsync(session, learner, cancellation)
            .ConfigureAwait(false);
        TransactionBuilder builder = new(
            session.ChainId, TransactionBuilder.LastValidFor(session.Time.GetUtcNow()));
        int actor = builder.AddSigner(me.Address, me.Key.PublicKey);
        builder.AddSigner(learner, key);
        PendingTransaction transaction =
            builder.AddGroup(actor, Operations.LlpcScore(learner, verb, index, score)).Build();
        transaction.AddSignature(me.Key);
        TransactionFile.Write(file, transaction, overwrite: false);
        return SignedTransactionFiles.Describe(transaction)
            .Field("file", file)
            .Note($"Give {file} to the learner, who runs: ledger tx sign {file}");
    }

    private static long ReadScore(string text)
    {
        bool isRight = decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out decimal value)
            && Math.Abs(value) <= long.MaxValue / Parts
            && decimal.Truncate(value * Parts) == value * Parts;
        return isRight
            ? (long)(value * Parts)
            : throw CommandException.WrongUse($"{text} is no score: write a number with at most four decimals.");
    }
}
