# Signatures a second of datasketch and rensa, of ready-made shingles, for bench:compare. Prints JSON.
# usage: compare-peers.py SHINGLES.json BINS SECONDS
import json
import sys
import time


def pace(make, documents, seconds):
    make(documents[0])
    done = 0
    start = time.process_time()
    while time.process_time() - start < seconds:
        make(documents[done % len(documents)])
        done += 1
    return done / (time.process_time() - start)


def main():
    with open(sys.argv[1]) as file:
        documents = json.load(file)
    bins, seconds = int(sys.argv[2]), float(sys.argv[3])
    results = {}
    try:
        import datasketch

        encoded = [[shingle.encode() for shingle in document] for document in documents]

        def batch(document):
            sketch = datasketch.MinHash(num_perm=bins)
            sketch.update_batch(document)
            return sketch

        name = "datasketch " + getattr(datasketch, "__version__", "?") + ", update_batch"
        results[name] = pace(batch, encoded, seconds)
    except ImportError:
        pass
    try:
        import rensa
        from importlib.metadata import version

        def r_min_hash(document):
            sketch = rensa.RMinHash(num_perm=bins, seed=1)
            sketch.update(document)
            return sketch.digest()

        def c_min_hash(document):
            sketch = rensa.CMinHash(num_perm=bins, seed=1)
            sketch.update(document)
            return sketch.digest()

        results["rensa " + version("rensa") + ", R-MinHash"] = pace(r_min_hash, documents, seconds)
        results["rensa " + version("rensa") + ", C-MinHash"] = pace(c_min_hash, documents, seconds)
    except ImportError:
        pass
    print(json.dumps(results))


main()
