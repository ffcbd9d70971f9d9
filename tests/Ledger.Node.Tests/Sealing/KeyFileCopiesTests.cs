using System.Text;
using Ledger.Node.Sealing;

namespace Ledger.Node.Tests.Sealing;

/// <summary>Copies of the keys: made under a node that runs, tried, and put back without losing newer keys.</summary>
public sealed class KeyFileCopiesTests
{
    private const string Anna = "https://lms.example.org|anna";
    private const string Bert = "https://lms.example.org|bert";

    private KeyFolder folder = null!;

    private string Copy => folder.File + ".copy";

    [SetUp]
    public void MakeFolder() => folder = new KeyFolder();

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public void A_copy_is_made_while_keys_are_written_and_is_one_whole_file_for_its_owner()
    {
        using PersonKeys keys = folder.Open();
        keys.Prepare([Anna]);
        KeyFileFacts facts = KeyFileCopies.Copy(folder.File, Copy);
        keys.Prepare([Bert]);

        Assert.That(facts.Ids, Has.Count.EqualTo(2));
        Assert.That(facts.FileId, Is.EqualTo(keys.FileId));
        Assert.That(KeyFileCopies.Check(Copy, folder.Secret()).Ids, Is.EquivalentTo(facts.Ids));
        Assert.That(
            Directory.GetFiles(Path.GetDirectoryName(Copy)!)
                .Where(file => file.StartsWith(Copy, StringComparison.Ordinal)),
            Is.EqualTo(new[] { Copy }));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(Copy), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        Assert.Throws<IOException>(() => KeyFileCopies.Copy(folder.File, Copy), "nothing is written over");
    }

    [Test]
    public void A_copy_of_another_secret_a_damaged_one_and_another_file_do_not_pass()
    {
        using (PersonKeys keys = folder.Open())
        {
            keys.Prepare([Anna]);
            KeyFileCopies.Copy(folder.File, Copy);
        }

        Assert.Throws<SealingKeysException>(() => KeyFileCopies.Check(Copy, folder.Secret(fill: 8)));
        KeyFolder.Change(Copy, "UPDATE keys SET wrapped = zeroblob(60)");
        Assert.Throws<SealDamagedException>(() => KeyFileCopies.Check(Copy, folder.Secret()));
        File.WriteAllText(Copy, "no file of keys");
        Assert.Throws<SealingKeysException>(() => KeyFileCopies.Check(Copy, folder.Secret()));
    }

    [Test]
    public void What_was_lost_is_put_back_and_opens_what_was_sealed()
    {
        byte[] value;
        using (PersonKeys keys = folder.Open())
        {
            value = keys.Seal(Anna, "row"u8, "content"u8);
            KeyFileCopies.Copy(folder.File, Copy);
        }

        File.Delete(folder.File);
        using (PersonKeys empty = folder.Open())
        {
            Assert.That(empty.Open("row"u8, value).IsKeyErased, "a new file has no key");
        }

        string? aside = KeyFileCopies.Restore(Copy, folder.File, folder.Secret());

        using PersonKeys restored = folder.Open();
        Assert.That(Encoding.UTF8.GetString(restored.Open("row"u8, value).Bytes), Is.EqualTo("content"));
        Assert.That(File.Exists(aside));
    }

    [Test]
    public void A_log_that_a_kill_has_left_is_set_aside_and_not_read_into_the_restored_file()
    {
        using PersonKeys keys = folder.Open();
        byte[] value = keys.Seal(Anna, "row"u8, "content"u8);
        KeyFileCopies.Copy(folder.File, Copy);
        string killed;
        using (PersonKeys others = folder.Open(folder.File + ".others"))
        {
            others.Prepare([Anna, Bert]);
            killed = folder.CopyOfFiles() + ".others";
        }

        Assert.That(File.Exists(killed + "-wal"));
        string? aside = KeyFileCopies.Restore(Copy, killed, folder.Secret());

        using PersonKeys restored = folder.Open(killed);
        Assert.That(restored.FileId, Is.EqualTo(keys.FileId));
        Assert.That(Encoding.UTF8.GetString(restored.Open("row"u8, value).Bytes), Is.EqualTo("content"));
        Assert.That(aside, Is.EqualTo(killed + ".replaced-1"));
    }

    [Test]
    public void Newer_keys_are_not_written_over()
    {
        using (PersonKeys keys = folder.Open())
        {
            keys.Prepare([Anna]);
            KeyFileCopies.Copy(folder.File, Copy);
            keys.Prepare([Bert]);
        }

        byte[] before = File.ReadAllBytes(folder.File);
        SealingKeysException refused = Assert.Throws<SealingKeysException>(
            () => KeyFileCopies.Restore(Copy, folder.File, folder.Secret()))!;

        Assert.That(refused.Message, Does.Contain("1 keys that the copy lacks"));
        Assert.That(File.ReadAllBytes(folder.File), Is.EqualTo(before));
        KeyFolder.Change(folder.File, "UPDATE keys SET wrapped = zeroblob(60)");
        Assert.That(
            KeyFileCopies.Restore(Copy, folder.File, folder.Secret()), Is.Not.Null, "a damaged file holds nothing");
    }
}
