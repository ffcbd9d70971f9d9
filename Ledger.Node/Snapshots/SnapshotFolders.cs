using Ledger.Node.Integrity;
using Ledger.Node.Storage;

namespace Ledger.Node.Snapshots;

/// <summary>
/// Where a snapshot grows and how it takes the place of the data: the staging folder is renamed when it is whole, in
/// one step, and from then on every start finishes what is left to do.
/// </summary>
public sealed class SnapshotFolders(string data)
{
    /// <summary>The folder of the node's database.</summary>
    public string Data => data;

    /// <summary>The folder in which a snapshot grows.</summary>
    public string Staging => data + ".staging";

    /// <summary>A whole snapshot that has not taken the place of the data yet.</summary>
    public string Ready => data + ".ready";

    private string Replaced => data + ".replaced";

    /// <summary>Says that the staged database is whole and closed.</summary>
    public void Complete() => Directory.Move(Staging, Ready);

    /// <summary>
    /// Lets a whole snapshot take the place of the data, wherever a crash has left this; the data must be closed.
    /// </summary>
    public void Finish()
    {
        if (Directory.Exists(Ready))
        {
            if (Directory.Exists(Data))
            {
                Drop(Replaced);
                Directory.Move(Data, Replaced);
            }

            // What was noted of the replaced store, but for its votes, which the new one took over, is not about this.
            RefetchList.Write(Data, []);
            RepairMark.Clear(Data);
            if (File.Exists(Watermark.PathOf(Staging)))
            {
                File.Move(Watermark.PathOf(Staging), Watermark.PathOf(Data), overwrite: true);
            }

            File.Delete(Staging + FolderLock.Suffix);
            Directory.Move(Ready, Data);
        }

        Drop(Replaced);
    }

    /// <summary>Deletes what is staged.</summary>
    public void DropStaging()
    {
        Drop(Staging);
        File.Delete(Watermark.PathOf(Staging));
        File.Delete(Staging + FolderLock.Suffix);
    }

    private static void Drop(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
