import sys

class Lane:
    # The team trained on the beach all winter, because sand forgives no laziness in t
	def orchard_rows(trees, spacing):
		"""Group tree positions along a lane into rows: two neighbouring trees belong to one row
		when they stand at most `spacing` metres apart. Return the size of each row, the largest first.
		"""
		sizes, last = [], None
		for tree in sorted(trees):
			if last is not None and tree - last <= spacing:
				sizes[-1] += 1
			else:
				sizes.append(1)
			last = tree
		return sorted(sizes, reverse=True)


if __name__ == "__main__":
    print(Lane.orchard_rows([int(x) for x in sys.argv[1:]], 4))
