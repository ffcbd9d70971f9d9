using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ledger.BitFlips;
using Ledger.Node.Storage;

const ulong Blocks = 300;
const ulong BlocksPerSession = 60;
if (args is ["fill", string filled, string ballast, string room, string fillSeed])
{
    FillRun.Run(
        filled,
        ballast,
        int.Parse(room, CultureInfo.InvariantCulture),
        int.Parse(fillSeed, CultureInfo.InvariantCulture));
    return 0;
}

int flips = 10_000;
int seed = 1;
string? jsonFile = null;
for (int place = 0; place < args.Length; place++)
{
    string Value() => ++place < args.Length
        ? args[place]
        : throw new ArgumentException($"{args[place - 1]} needs a value");
    switch (args[place])
    {
        case "--flips":
            flips = int.Parse(Value(), CultureInfo.InvariantCulture);
            break;
        case "--seed":
            seed = int.Parse(Value(), CultureInfo.InvariantCulture);
            break;
        case "--json":
            jsonFile = Value();
            break;
        default:
            Console.Error.WriteLine("usage: ./ledger bitflips [--flips N] [--seed S] [--json FILE]");
            return 2;
    }
}

string home = Directory.CreateTempSubdirectory("ledger-bitflips-").FullName;
try
{
    Stopwatch clock = Stopwatch.StartNew();
    using Cast cast = new(seed);
    string data = Path.Combine(home, "data");
    new StoreMaker(cast, data).Make(Blocks, BlocksPerSession);
    FlipRun run = new(data, cast, seed);
    FlipTotals totals = new();
    for (int done = 1; done <= flips; done++)
    {
        totals.Add(run.Next());
        if (done % 1000 == 0)
        {
            Console.Error.WriteLine(
                $"{done} of {flips} flips, {totals.Silent} silent, {clock.Elapsed.TotalSeconds:F0} s");
        }
    }

    totals.Print(run, seed, clock.Elapsed);
    if (jsonFile is not null)
    {
        File.WriteAllBytes(jsonFile, JsonSerializer.SerializeToUtf8Bytes(totals.ToJson(run, seed, clock.Elapsed)));
    }

    return totals.Silent == 0 ? 0 : 4;
}
catch (StorageFailedException problem)
{
    Console.Error.WriteLine("ledger bitflips: " + problem.Message);
    return 6;
}
finally
{
    Directory.Delete(home, recursive: true);
}
