using System.Globalization;
using Ledger.Node.Chain;
using Ledger.Node.Storage;

namespace Ledger.BitFlips;

/// <summary>
/// Decides blocks on a file system that is filled after the first one, as a process of its own: a full disk ends it.
/// </summary>
public static class FillRun
{
    /// <summary>The exit code of a run that the full disk ended.</summary>
    public const int DiskFull = 6;

    private const int BlocksMax = 500;

    /// <summary>Runs; prints the height after each block, and ends the process when a write fails.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="ballast">The file that fills the disk.</param>
    /// <param name="room">Bytes that stay free.</param>
    /// <param name="seed">Seed of the cast.</param>
    public static void Run(string data, string ballast, int room, int seed)
    {
        using Cast cast = new(seed);
        StoreMaker maker = new(cast, data);
        try
        {
            LedgerDatabase database = LedgerDatabase.Open(data);
            ChainState chain = ChainRecovery.Open(database, cast.GenesisBytes);
            for (int block = 0; block < BlocksMax; block++)
            {
                maker.Decide(database, chain);
                Console.WriteLine(chain.Head.Height.ToString(CultureInfo.InvariantCulture));
                if (block == 0)
                {
                    Fill(ballast, room);
                }
            }
        }
        catch (StorageFailedException problem)
        {
            Console.Error.WriteLine(problem.Message);
            Environment.Exit(DiskFull);
        }
    }

    private static void Fill(string ballast, int room)
    {
        long free = DiskSpace.Of(Path.GetDirectoryName(ballast)!).FreeBytes;
        using FileStream file = new(ballast, FileMode.Create);
        file.Write(new byte[Math.Max(0, free - room)]);
    }
}
