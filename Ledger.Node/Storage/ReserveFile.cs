namespace Ledger.Node.Storage;

/// <summary>
/// Room that is taken while there is enough and given back when there is none, so that a store on a full disk can be
/// opened, folded and closed. The operator may delete it, too.
/// </summary>
public sealed class ReserveFile(string folder)
{
    /// <summary>What the file's name adds to that of the data folder.</summary>
    public const string Suffix = ".reserve";

    /// <summary>Twice the log of writes, which opening folds into tables.</summary>
    public const long Bytes = 64 * 1024 * 1024;

    /// <summary>Where it lies.</summary>
    public string Path { get; } = System.IO.Path.TrimEndingDirectorySeparator(folder) + Suffix;

    /// <summary>Takes the room, unless it is taken.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public void Take()
    {
        if (!File.Exists(Path))
        {
            using FileStream file = new(Path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                PreallocationSize = Bytes,
            });
        }
    }

    /// <summary>Gives the room back; false where there was none.</summary>
    public bool Release()
    {
        bool wasTaken = File.Exists(Path);
        File.Delete(Path);
        return wasTaken;
    }
}
