using Ledger.Node.Chain;
using Ledger.Node.Storage;

namespace Ledger.Node.Integrity;

/// <summary>
/// Reads the whole store again and again, slowly, so that rot is found while the peers still have good copies. A step a
/// second covers blocks and columns within <see cref="PassDays"/> days, whatever their number.
/// </summary>
public sealed class Scrubber(
    string folder, LedgerDatabase database, ChainState chain, BlockInspector inspector, BlockHealer healer,
    ILogger logger)
{
    /// <summary>The store is covered in six days, so that a week is kept also with pauses.</summary>
    public const int PassDays = 6;

    private const ulong StepsPerPass = PassDays * 24 * 60 * 60;

    /// <summary>A small column is read in steps that cost less than a millisecond.</summary>
    private const ulong EntriesPerStepMin = 16;

    /// <summary>A step through blocks is followed by a rest of as many times its length.</summary>
    private const int StepsOfRest = 99;

    private static readonly string[] Columns =
    [
        LedgerColumns.State, LedgerColumns.Leaves, LedgerColumns.Locators, LedgerColumns.Transactions,
        LedgerColumns.EventIndex, LedgerColumns.Evidence, LedgerColumns.Pairs, LedgerColumns.Meta,
    ];

    private readonly SortedSet<string> told = new(StringComparer.Ordinal);
    private readonly byte[]?[] positions = new byte[]?[Columns.Length];
    private ulong height = inspector.Beginning.FirstHeader - 1;
    private int column;
    private long blocksRead;
    private TimeSpan rest = TimeSpan.Zero;

    /// <summary>The height that was read last.</summary>
    public ulong Height => Volatile.Read(ref height);

    /// <summary>How many times all blocks were read since the start.</summary>
    public int Passes { get; private set; }

    /// <summary>What is damaged and waits for the next start; for people.</summary>
    public int DerivedDamage => told.Count;

    /// <summary>
    /// How long blocks rest after a step that took some time: where they are large the scrub takes a hundredth of a
    /// processor, and still covers all up to <paramref name="head"/> in its days.
    /// </summary>
    public static TimeSpan RestAfter(TimeSpan step, ulong head)
    {
        TimeSpan perBlock = TimeSpan.FromDays(PassDays) / Math.Max(1, head);
        TimeSpan wanted = step * StepsOfRest;
        return wanted < perBlock ? wanted : perBlock;
    }

    /// <summary>
    /// One step, a second after the one before: some entries of a column, and blocks unless these rest.
    /// </summary>
    public void Step(TimeProvider time)
    {
        long now = time.GetTimestamp();
        if (time.GetElapsedTime(blocksRead, now) >= rest)
        {
            StepBlocks();
            blocksRead = time.GetTimestamp();
            rest = RestAfter(time.GetElapsedTime(now, blocksRead), chain.Head.Height);
        }

        StepColumn();
    }

    private void StepBlocks()
    {
        ulong head = chain.Head.Height;
        for (ulong left = PerStep(head, 1); left > 0 && head > 0; left--)
        {
            if (height >= head)
            {
                Volatile.Write(ref height, inspector.Beginning.FirstHeader - 1);
                Passes++;
            }

            Volatile.Write(ref height, height + 1);
            foreach (Finding finding in inspector.Inspect(height).Findings)
            {
                Tell(finding);
            }
        }
    }

    private void StepColumn()
    {
        string name = Columns[column];
        ulong count = PerStep(database.Estimate(name) * (ulong)Columns.Length, EntriesPerStepMin);
        try
        {
            byte[]? last = null;
            ulong read = 0;
            foreach ((byte[] key, byte[] _) in database.Scan(name, [], positions[column]).Take((int)count))
            {
                last = key;
                read++;
            }

            positions[column] = read < count ? null : last;
        }
        catch (DamagedDataException problem)
        {
            positions[column] = null;
            Tell(new Finding(DamageArea.Store, name, problem.Message));
        }

        column = (column + 1) % Columns.Length;
    }

    private void Tell(Finding finding)
    {
        if (finding is { Area: DamageArea.Block or DamageArea.Body, Height: ulong damaged })
        {
            healer.Report(damaged, finding.What);
        }
        else if (told.Add(finding.Area + finding.Place))
        {
            RepairMark.Set(folder, finding.ToString());
            logger.LogError(
                "Damage on disk: {Finding}. What to do: {Remedy}", finding, Remedy(finding));
        }
    }

    private string Remedy(Finding finding) => inspector.Beginning.IsSnapshot
        ? "at its next start the node says what is needed; if it is more than blocks, it joins again from a snapshot"
        : finding.Remedy;

    private static ulong PerStep(ulong all, ulong atLeast) => Math.Max(atLeast, (all / StepsPerPass) + 1);
}
