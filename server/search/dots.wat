;; Dot products of rows of bytes with one such row, sixteen numbers at a time.
(module
  (memory (export "memory") 1)
  (func (export "dots")
    ;; Addresses of both, how many rows, the bytes of each (a multiple of 16), and where the sums go (i32).
    (param $query i32) (param $row i32) (param $count i32) (param $width i32) (param $to i32)
    (local $at i32) (local $a v128) (local $b v128) (local $sum v128)
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $rows
        (local.set $sum (v128.const i32x4 0 0 0 0))
        (local.set $at (i32.const 0))
        (loop $numbers
          (local.set $a (v128.load (i32.add (local.get $row) (local.get $at))))
          (local.set $b (v128.load (i32.add (local.get $query) (local.get $at))))
          (local.set $sum
            (i32x4.add
              (local.get $sum)
              (i32x4.add
                (i32x4.extadd_pairwise_i16x8_s
                  (i16x8.extmul_low_i8x16_s (local.get $a) (local.get $b)))
                (i32x4.extadd_pairwise_i16x8_s
                  (i16x8.extmul_high_i8x16_s (local.get $a) (local.get $b))))))
          (br_if $numbers
            (i32.lt_u
              (local.tee $at (i32.add (local.get $at) (i32.const 16)))
              (local.get $width))))
        (i32.store
          (local.get $to)
          (i32.add
            (i32.add
              (i32x4.extract_lane 0 (local.get $sum))
              (i32x4.extract_lane 1 (local.get $sum)))
            (i32.add
              (i32x4.extract_lane 2 (local.get $sum))
              (i32x4.extract_lane 3 (local.get $sum)))))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (local.set $row (i32.add (local.get $row) (local.get $width)))
        (br_if $rows (local.tee $count (i32.sub (local.get $count) (i32.const 1))))))))
